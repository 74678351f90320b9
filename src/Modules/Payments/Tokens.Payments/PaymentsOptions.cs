using System.ComponentModel.DataAnnotations;
using Tokens.Payments.Packages;

namespace Tokens.Payments;

/// <summary>Section <c>Payments</c>.</summary>
internal sealed class PaymentsOptions : IValidatableObject
{
    private const long PackageTokensMax = 10_000_000;
    private const long AmountMinorMin = 50;
    private const long AmountMinorMax = 99_999_999;

    /// <summary>What is sold; the default list stands in when the section names none.</summary>
    public IList<TokenPackage> Packages { get; } = [];

    /// <summary>Packages of at least that many tokens earn the bonus, 1 to 10,000,000.</summary>
    [Range(1, PackageTokensMax)]
    public long BonusFromTokens { get; set; } = 5_000;

    /// <summary>Whole per cent on top of such a package, rounded down to tokens; 0 to 100.</summary>
    [Range(0, 100)]
    public int BonusPercent { get; set; } = 5;

    /// <summary>Milliseconds until a purchase is answered, whatever it waits for; 1,000 to 8,000.</summary>
    [Range(1_000, 8_000)]
    public int AnswerWithinMilliseconds { get; set; } = 7_500;

    /// <summary>Milliseconds that one drive may spend on Stripe's answers, 500 to 7,500; less than the answer may take.</summary>
    [Range(500, 7_500)]
    public int ChargeWithinMilliseconds { get; set; } = 7_200;

    /// <summary>
    /// Milliseconds within which a drive may ask for a charge, 100 to 7,500; less than it may spend, so that the answer to a charge comes
    /// before its caller is told anything else.
    /// </summary>
    [Range(100, 7_500)]
    public int LastChargeMilliseconds { get; set; } = 5_000;

    /// <summary>Milliseconds for which a host that stopped moving keeps others from its purchase, 500 to 5,000.</summary>
    [Range(500, 5_000)]
    public int ClaimMilliseconds { get; set; } = 4_000;

    /// <summary>Milliseconds between two looks at a purchase that another host drives, 10 to 1,000.</summary>
    [Range(10, 1_000)]
    public int ClaimPollMilliseconds { get; set; } = 100;

    /// <summary>New keys tried in one drive after server errors, 0 to 10.</summary>
    [Range(0, 10)]
    public int NewKeysMax { get; set; } = 3;

    /// <summary>Milliseconds before the first new key, 1 to 8,000; each further one waits twice as long.</summary>
    [Range(1, 8_000)]
    public int NewKeyDelayMilliseconds { get; set; } = 250;

    /// <summary>Seconds for which an equal order without a key is the same purchase, 1 to 3,600.</summary>
    [Range(1, 3_600)]
    public int JoinSeconds { get; set; } = 600;

    /// <summary>Milliseconds that such an order waits to learn whether a purchase just finished has been answered, 10 to 2,000.</summary>
    [Range(10, 2_000)]
    public int AnswerMarkMilliseconds { get; set; } = 1_000;

    /// <summary>
    /// How long a host doesn't ask Stripe again how one purchase stands when its member asks again, 0 to 10 s; 0 asks each time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan LookPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Milliseconds that a replay waits for the client secret, 100 to 5,000.</summary>
    [Range(100, 5_000)]
    public int ClientSecretWithinMilliseconds { get; set; } = 2_000;

    /// <summary>Milliseconds within which Stripe must answer about kept payment methods, 500 to 7,500.</summary>
    [Range(500, 7_500)]
    public int MethodsWithinMilliseconds { get; set; } = 7_000;

    /// <summary>
    /// Cards up to which a member may save another one, 1 to 100. What Stripe keeps beyond it, from setups that were open together, is
    /// listed, and can be used and removed.
    /// </summary>
    [Range(1, 100)]
    public int SavedMethodsMax { get; set; } = 10;

    /// <summary>Payment methods in one page of Stripe's list, 1 to 100.</summary>
    [Range(1, 100)]
    public int SavedMethodsPageSize { get; set; } = 100;

    /// <summary>
    /// Payment methods read from Stripe's list at most, newest first, 100 to 10,000. Beyond them only the default one and one that a
    /// request names are found.
    /// </summary>
    [Range(100, 10_000)]
    public int SavedMethodsReadMax { get; set; } = 1_000;

    /// <summary>Seconds after which a client is asked to repeat a purchase that Stripe left open, 1 to 60.</summary>
    [Range(1, 60)]
    public int RetryAfterSeconds { get; set; } = 5;

    internal TokenPackage? FindPackage(long tokens) => Packages.FirstOrDefault(package => package.Tokens == tokens);

    internal int BonusPercentOf(long tokens) => tokens >= BonusFromTokens ? BonusPercent : 0;

    internal long BonusTokensOf(long tokens) => tokens * BonusPercentOf(tokens) / 100;

    // A list with defaults can't be bound: the binder would add to it instead of replacing it.
    internal void AddDefaultPackages()
    {
        if (Packages.Count > 0)
        {
            return;
        }

        (long Tokens, long AmountMinor)[] defaults =
            [(50, 5_00), (200, 19_00), (433, 39_00), (812, 69_00), (1_488, 119_00), (4_986, 349_00), (8_446, 549_00)];
        foreach (var (tokens, amountMinor) in defaults)
        {
            Packages.Add(new TokenPackage { Tokens = tokens, AmountMinor = amountMinor, Popular = tokens == 433 });
        }
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ChargeWithinMilliseconds >= AnswerWithinMilliseconds)
        {
            yield return new ValidationResult(
                "ChargeWithinMilliseconds must be less than AnswerWithinMilliseconds.", [nameof(ChargeWithinMilliseconds)]);
        }

        if (LastChargeMilliseconds >= ChargeWithinMilliseconds)
        {
            yield return new ValidationResult(
                "LastChargeMilliseconds must be less than ChargeWithinMilliseconds.", [nameof(LastChargeMilliseconds)]);
        }

        if (Packages.Any(package => package.Tokens is < 1 or > PackageTokensMax))
        {
            yield return new ValidationResult($"Packages must hold 1 to {PackageTokensMax} tokens.", [nameof(Packages)]);
        }

        if (Packages.Any(package => package.AmountMinor is < AmountMinorMin or > AmountMinorMax))
        {
            yield return new ValidationResult(
                $"Packages must cost {AmountMinorMin} to {AmountMinorMax} cents.", [nameof(Packages)]);
        }

        if (Packages.DistinctBy(package => package.Tokens).Count() < Packages.Count)
        {
            yield return new ValidationResult("No two packages may hold the same number of tokens.", [nameof(Packages)]);
        }
    }
}
