using System.Collections.Frozen;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary>The currencies that can be charged, with Stripe's smallest charge in each, in minor units.</summary>
internal static class Currencies
{
    private const long MaxAmount = 99_999_999;

    private static readonly FrozenDictionary<string, long> MinAmounts = new (long MinAmount, string[] Currencies)[]
    {
        (30, ["gbp"]),
        (50, ["usd", "aud", "brl", "cad", "chf", "eur", "inr", "jpy", "nzd", "sgd"]),
        (100, ["bgn"]),
        (200, ["aed", "myr", "pln", "ron"]),
        (250, ["dkk"]),
        (300, ["nok", "sek"]),
        (400, ["hkd"]),
        (1_000, ["mxn", "thb"]),
        (1_500, ["czk"]),
        (17_500, ["huf"]),
    }.SelectMany(row => row.Currencies, (row, currency) => (currency, row.MinAmount))
    .ToFrozenDictionary(row => row.currency, row => row.MinAmount, StringComparer.Ordinal);

    private static readonly string Known = string.Join(", ", MinAmounts.Keys.Order(StringComparer.Ordinal));

    internal static string Read(string currency)
    {
        var known = currency.ToLowerInvariant();
        return MinAmounts.ContainsKey(known)
            ? known
            : throw new StripeErrorException(StripeError.InvalidRequest(
                $"Invalid currency: {currency}. The sandbox supports these currencies: {Known}", "currency"));
    }

    internal static void RequireChargeable(long amount, string currency)
    {
        if (amount < 1)
        {
            throw Refused("This value must be greater than or equal to 1.", "parameter_invalid_integer");
        }

        if (amount < MinAmounts[currency])
        {
            throw Refused($"Amount must be at least {Display(MinAmounts[currency], currency)}", "amount_too_small");
        }

        if (amount > MaxAmount)
        {
            throw Refused($"Amount must be no more than {Display(MaxAmount, currency)}", "amount_too_large");
        }
    }

    /// <summary>An amount of minor units as people read it.</summary>
    internal static string Display(long amount, string currency) => currency switch
    {
        "jpy" => $"¥{amount} jpy",
        "usd" => $"${amount / 100m:N2} usd",
        _ => $"{amount / 100m:N2} {currency}",
    };

    private static StripeErrorException Refused(string message, string code) =>
        new(StripeError.InvalidRequest(message, "amount", code));
}
