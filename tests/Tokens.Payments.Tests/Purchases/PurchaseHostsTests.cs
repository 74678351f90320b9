using Tokens.Payments.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>Hosts on one database charge a purchase once, whoever is at work on it.</summary>
public sealed class PurchaseHostsTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task Two_hosts_with_one_key_charge_once_and_give_one_answer()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Postgres);
        var other = await shop.AddHostAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(call =>
            (call % 2 == 0 ? shop.Host : other).BuyPackageAsync(shop.MemberId, key: "k")));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => !answer.IsReplay).ShouldBe(1);
        shop.Stripe.Charges.ShouldBe(1);
        shop.Stripe.CountOf("create").ShouldBe(1);
        shop.SinglePosting();
    }

    [Fact]
    public async Task The_second_host_says_that_the_first_is_at_work_when_it_cannot_wait_for_it()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Postgres);
        var other = await shop.AddHostAsync(
            ("Payments:AnswerWithinMilliseconds", "5000"),
            ("Payments:ChargeWithinMilliseconds", "700"),
            ("Payments:LastChargeMilliseconds", "600"));
        var gate = shop.Stripe.Hold("confirm");
        var first = shop.BuyAsync(key: "k");
        await Eventually.BecomesTrueAsync(() => shop.Stripe.CountOf("confirm") == 1, Soon, "the first host is at work");

        var second = await other.BuyPackageAsync(shop.MemberId, key: "k");
        gate.SetResult();

        second.Status.ShouldBe(409);
        second.Code.ShouldBe("idempotency_in_progress");
        (await first).Status.ShouldBe(200);
        shop.Stripe.CountOf("confirm").ShouldBe(1);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task The_claim_of_a_host_that_died_ends_and_the_next_one_goes_on(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind, ("Payments:ClaimMilliseconds", "500"));
        shop.Stripe.Fail("confirm", StripeStub.AwayForGood);
        shop.Stripe.Fail("retrieve", StripeStub.AwayForGood);
        var away = await shop.BuyAsync(key: "k");
        // As a host leaves it that was killed in the middle of its drive.
        var claimedUntil = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1);
        await shop.ChangeRowAsync(away.PurchaseId, row => row.SetProperty(p => p.ClaimedUntil, claimedUntil));

        var paid = await shop.BuyAsync(key: "k");

        paid.Status.ShouldBe(200);
        paid.PurchaseId.ShouldBe(away.PurchaseId);
        TimeProvider.System.GetUtcNow().UtcDateTime.ShouldBeGreaterThanOrEqualTo(claimedUntil);
        shop.Stripe.Charges.ShouldBe(1);
    }
}
