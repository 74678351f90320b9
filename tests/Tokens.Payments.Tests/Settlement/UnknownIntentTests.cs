using Tokens.Payments.Purchases;
using Tokens.Payments.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Settlement;

/// <summary>A payment intent that Stripe doesn't show, as one of another account or mode: nothing is assumed, and it doesn't go on for ever.</summary>
public sealed class UnknownIntentTests
{
    [Theory]
    [InlineData(404, "resource_missing", "intent")]
    [InlineData(400, "parameter_unknown", "expand")]
    public async Task An_open_purchase_is_left_to_a_person_once_its_time_is_over(int status, string code, string param)
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        var pending = await shop.BuyAsync("pm_3ds", key: "k");
        shop.Stripe.Refuse("retrieve", status, "invalid_request_error", code, param);
        (await shop.StatusOfAsync(pending.PurchaseId)).ShouldBe("requires_action");

        await shop.AgeAsync(pending.PurchaseId, TimeSpan.FromHours(25));

        await shop.IsParkedAsync(pending.PurchaseId, "stays_open");
        shop.Ledger.PostingsOf(shop.MemberId).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_intent_of_a_declined_purchase_is_cancelled_no_more_once_its_time_is_over()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        (await shop.BuyAsync("pm_decline/card_declined/generic_decline")).Status.ShouldBe(402);
        var id = (await shop.RowsAsync()).Single().Id;
        shop.Stripe.Refuse("cancel", 404, "invalid_request_error", "resource_missing", "intent");
        shop.Stripe.Refuse("retrieve", 404, "invalid_request_error", "resource_missing", "intent");

        var then = TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromHours(25);
        await shop.ChangeRowAsync(id, row => row.SetProperty(p => p.FinishedAt, then).SetProperty(p => p.NextCheckAt, then));

        await Eventually.BecomesTrueAsync(
            async () => (await shop.RowAsync(id)).NextCheckAt is null, TimeSpan.FromSeconds(60), "the intent is let go of");
        (await shop.RowAsync(id)).Status.ShouldBe(PurchaseStatus.Declined);
    }
}
