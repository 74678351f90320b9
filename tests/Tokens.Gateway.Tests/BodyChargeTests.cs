using Tokens.Host.Gateway;

namespace Tokens.Gateway.Tests;

public sealed class BodyChargeTests
{
    [Fact]
    public void Bodies_share_the_budget_of_their_class_and_give_back_what_they_took()
    {
        var (budget, shares) = (new ByteBudget(10), new AddressShares(100));
        using var first = new BodyCharge(budget, shares, "a");
        using var second = new BodyCharge(budget, shares, "b");

        first.TryTake(4).ShouldBeTrue();
        second.TryTake(6).ShouldBeTrue();
        second.TryTake(1).ShouldBeFalse();
        second.IsRefused.ShouldBeTrue();
        first.IsRefused.ShouldBeFalse();
        second.Dispose();
        first.TryTake(6).ShouldBeTrue();
        first.Dispose();

        budget.Taken.ShouldBe(0);
        shares.Addresses.ShouldBe(0);
    }

    [Fact]
    public void An_address_takes_its_share_and_no_more_and_a_refusal_takes_nothing()
    {
        var (budget, shares) = (new ByteBudget(100), new AddressShares(10));
        using var first = new BodyCharge(budget, shares, "a");
        using var second = new BodyCharge(budget, shares, "a");
        using var other = new BodyCharge(budget, shares, "b");

        first.TryTake(10).ShouldBeTrue();
        second.TryTake(1).ShouldBeFalse();
        other.TryTake(10).ShouldBeTrue();

        budget.Taken.ShouldBe(20);
        second.Dispose();
        budget.Taken.ShouldBe(20);
    }
}
