using Tokens.Payments.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>Every way from one state to another is counted once, whoever takes it.</summary>
public sealed class PurchaseCountsTests
{
    [Fact]
    public async Task A_paid_purchase_is_counted_in_each_state_that_it_reaches()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        using var counts = new Counts(shop.Host.Services);

        (await shop.BuyAsync(key: "k")).Status.ShouldBe(200);
        (await shop.BuyAsync(key: "k")).IsReplay.ShouldBeTrue();

        await CountedAsync(counts, "by=charge,route=purchase,status=processing: 1", "by=charge,route=purchase,status=succeeded: 1");
    }

    [Fact]
    public async Task A_purchase_given_up_before_its_charge_is_counted()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        using var counts = new Counts(shop.Host.Services);
        shop.Stripe.Fail("create", StripeStub.AwayForGood);

        await shop.BecomesAsync((await shop.BuyAsync()).PurchaseId, "cancelled");

        await CountedAsync(counts, "by=settle,route=purchase,status=cancelled: 1");
    }

    [Fact]
    public async Task A_purchase_whose_member_is_looked_for_is_counted_by_the_look()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        using var counts = new Counts(shop.Host.Services);
        var pending = await shop.BuyAsync("pm_3ds");
        shop.Stripe.Intents["pi_1"].Status = "succeeded";

        (await shop.StatusOfAsync(pending.PurchaseId)).ShouldBe("succeeded");

        await CountedAsync(
            counts,
            "by=charge,route=purchase,status=processing: 1",
            "by=charge,route=purchase,status=requires_action: 1",
            "by=look,route=purchase,status=succeeded: 1");
    }

    [Fact]
    public async Task A_purchase_that_an_event_credits_is_counted_by_the_event()
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        using var counts = new Counts(shop.Host.Services);
        var purchase = await shop.OpenPurchaseAsync();

        await shop.FinishedAsync(await shop.SendAsync(purchase.Paid()));
        await shop.FinishedAsync(await shop.SendAsync(purchase.Paid()));

        await CountedAsync(
            counts,
            "by=charge,route=purchase,status=processing: 1",
            "by=charge,route=purchase,status=requires_action: 1",
            "by=event,route=purchase,status=succeeded: 1");
    }

    [Fact]
    public async Task A_decline_and_the_payment_that_comes_after_all_are_counted()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        using var counts = new Counts(shop.Host.Services);
        shop.Stripe.Fail("cancel", [.. Enumerable.Repeat(StripeFault.DroppedBefore, 8)]);
        (await shop.BuyAsync("pm_decline/card_declined/insufficient_funds")).Status.ShouldBe(402);
        shop.Stripe.Intents["pi_1"].Status = "succeeded";

        await shop.BecomesAsync((await shop.RowsAsync()).Single().Id, "succeeded");

        await CountedAsync(
            counts,
            "by=charge,route=purchase,status=declined: 1",
            "by=charge,route=purchase,status=processing: 1",
            "by=settle,route=purchase,status=succeeded: 1");
    }

    // A transition is counted right behind its commit.
    private static Task CountedAsync(Counts counts, params string[] expected) => Eventually.BecomesTrueAsync(
        () => counts.Of(PaymentsMetrics.PurchasesName).SequenceEqual(expected),
        TimeSpan.FromSeconds(10),
        $"the counts are {string.Join("; ", expected)}");
}
