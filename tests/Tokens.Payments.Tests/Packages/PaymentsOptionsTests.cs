using System.ComponentModel.DataAnnotations;
using Tokens.Payments.Packages;

namespace Tokens.Payments.Tests.Packages;

public sealed class PaymentsOptionsTests
{
    [Theory]
    [InlineData(4_986, 0)]
    [InlineData(4_999, 0)]
    [InlineData(5_000, 250)]
    [InlineData(8_446, 422)]
    public void Large_packages_earn_five_per_cent_rounded_down(long tokens, long bonusTokens) =>
        new PaymentsOptions().BonusTokensOf(tokens).ShouldBe(bonusTokens);

    [Fact]
    public void Configured_packages_replace_the_default_list()
    {
        var options = new PaymentsOptions { Packages = { new TokenPackage { Tokens = 7, AmountMinor = 70 } } };
        options.AddDefaultPackages();
        options.Packages.ShouldHaveSingleItem();
    }

    [Fact]
    public void The_defaults_are_valid()
    {
        var options = new PaymentsOptions();
        options.AddDefaultPackages();
        FaultsOf(options).ShouldBeEmpty();
        options.Packages.Count.ShouldBe(7);
    }

    [Theory]
    [InlineData(0, 500)]
    [InlineData(10_000_001, 500)]
    [InlineData(50, 49)]
    [InlineData(50, 100_000_000)]
    public void A_package_that_Stripe_would_not_charge_or_nobody_can_hold_is_refused(long tokens, long amountMinor) =>
        FaultsOf(new PaymentsOptions { Packages = { new TokenPackage { Tokens = tokens, AmountMinor = amountMinor } } }).ShouldNotBeEmpty();

    [Fact]
    public void Two_packages_of_one_size_are_refused() => FaultsOf(new PaymentsOptions
    {
        Packages = { new TokenPackage { Tokens = 7, AmountMinor = 70 }, new TokenPackage { Tokens = 7, AmountMinor = 80 } },
    }).ShouldNotBeEmpty();

    [Fact]
    public void The_time_for_Stripe_ends_before_the_answer_is_due() =>
        FaultsOf(new PaymentsOptions { AnswerWithinMilliseconds = 5_000, ChargeWithinMilliseconds = 5_000 }).ShouldNotBeEmpty();

    private static List<ValidationResult> FaultsOf(PaymentsOptions options)
    {
        List<ValidationResult> faults = [];
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return faults;
    }
}
