using Tokens.Payments.Packages;
using Tokens.Payments.Refills;

namespace Tokens.Payments.Tests.Refills;

public sealed class RefillWarningTests
{
    private const string Card = "pm_1";
    private static readonly DateTime Now = new(2026, 7, 15, 12, 0, 0, DateTimeKind.Utc);
    private static readonly RefillOptions Options = new();
    private static readonly DefaultMethod Kept = new DefaultMethod.Kept(Card);

    [Fact]
    public void Refills_that_work_as_they_are_set_have_none()
    {
        Of(Plan(), Kept).ShouldBeEmpty();
        Of(Plan(), new DefaultMethod.Unknown()).ShouldBeEmpty();
    }

    [Fact]
    public void Refills_that_are_off_have_none()
    {
        var plan = Plan();
        (plan.IsEnabled, plan.PackageTokens, plan.DailyLimitMinor) = (false, 433, 1_00);

        Of(plan, new DefaultMethod.None()).ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_payment_method_is_one()
    {
        Of(Plan(), new DefaultMethod.None()).ShouldBe(["no_payment_method"]);
    }

    [Theory]
    [InlineData(200L, 18_99L, null, true)]
    [InlineData(200L, 19_00L, null, false)]
    [InlineData(200L, null, 18_99L, true)]
    [InlineData(8_446L, null, null, true)]
    [InlineData(null, 4_99L, null, true)]
    [InlineData(null, 5_00L, null, false)]
    public void A_package_that_no_limit_ever_allows_is_one(long? package, long? daily, long? monthly, bool warns)
    {
        var plan = Plan();
        (plan.PackageTokens, plan.DailyLimitMinor, plan.MonthlyLimitMinor) = (package, daily, monthly);

        Of(plan, Kept).ShouldBe(warns ? ["package_above_limit"] : []);
    }

    [Fact]
    public void A_pause_is_one_until_it_ends_or_another_method_is_the_default()
    {
        var plan = Plan();
        plan.Decline(Card, Now, Options);

        Of(plan, Kept).ShouldBe(["paused_after_decline"]);
        Of(plan, new DefaultMethod.Unknown()).ShouldBe(["paused_after_decline"]);
        Of(plan, new DefaultMethod.Kept("pm_2")).ShouldBeEmpty();
        Of(plan, Kept, Now.AddHours(1)).ShouldBeEmpty();
    }

    [Fact]
    public void A_pause_that_a_clock_ahead_has_set_is_none()
    {
        var plan = Plan();
        plan.Decline(Card, Now.AddHours(1), Options);

        plan.IsPaused(Now, Options).ShouldBeFalse();
    }

    private static RefillPlan Plan() => new() { MemberId = Guid.NewGuid(), IsEnabled = true };

    private static IReadOnlyList<string> Of(RefillPlan plan, DefaultMethod method, DateTime? now = null)
    {
        var shop = new PaymentsOptions();
        foreach (var (tokens, amountMinor) in new[] { (50, 5_00), (200, 19_00), (8_446, 549_00) })
        {
            shop.Packages.Add(new TokenPackage { Tokens = tokens, AmountMinor = amountMinor });
        }

        return RefillWarning.Of(plan, method, shop, Options, now ?? Now);
    }
}
