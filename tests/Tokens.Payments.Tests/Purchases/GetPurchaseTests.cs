using Tokens.Payments.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Purchases;

public sealed class GetPurchaseTests
{
    [Fact]
    public async Task A_purchase_is_shown_to_its_member_alone()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var bought = await shop.BuyAsync();
        var path = $"/api/tokens/purchases/{bought.PurchaseId}";

        var answer = await shop.Host.GetAsync(shop.MemberId, path);
        var purchase = answer["purchase"];
        answer["success"].GetBoolean().ShouldBeTrue();
        purchase.GetProperty("id").GetGuid().ShouldBe(bought.PurchaseId);
        purchase.GetProperty("status").GetString().ShouldBe("succeeded");
        purchase.GetProperty("tokens").GetInt64().ShouldBe(50);
        purchase.GetProperty("amountUsd").GetDecimal().ShouldBe(5m);
        purchase.GetProperty("paymentIntentId").GetString().ShouldBe("pi_1");
        purchase.GetProperty("createdAt").GetString()!.ShouldEndWith("Z");

        (await shop.Host.GetAsync(Guid.CreateVersion7(), path)).Code.ShouldBe("not_found");
        (await shop.Host.GetAsync(shop.MemberId, $"/api/tokens/purchases/{Guid.CreateVersion7()}")).Status.ShouldBe(404);
        (await shop.Host.GetAsync(shop.MemberId, "/api/tokens/purchases/x")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_final_purchase_is_shown_without_asking_Stripe()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var bought = await shop.BuyAsync();
        await shop.StatusOfAsync(bought.PurchaseId);
        shop.Stripe.CountOf("retrieve").ShouldBe(0);
    }

    [Fact]
    public async Task However_often_an_open_purchase_is_looked_at_Stripe_is_asked_once_in_a_pause()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, ("Payments:LookPause", "00:00:10"));
        var pending = await shop.BuyAsync("pm_3ds");

        for (var burst = 0; burst < 2; burst++)
        {
            (await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => shop.StatusOfAsync(pending.PurchaseId))))
                .ShouldAllBe(status => status == "requires_action");
        }

        shop.Stripe.CountOf("retrieve").ShouldBe(1);
    }

    [Fact]
    public async Task After_the_pause_Stripe_is_asked_again()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, ("Payments:LookPause", "00:00:00.200"));
        var pending = await shop.BuyAsync("pm_3ds");
        (await shop.StatusOfAsync(pending.PurchaseId)).ShouldBe("requires_action");
        shop.Stripe.Intents["pi_1"].Status = "succeeded";

        await Eventually.BecomesTrueAsync(
            async () => await shop.StatusOfAsync(pending.PurchaseId) == "succeeded", TimeSpan.FromSeconds(10), "the payment is found");

        shop.Stripe.CountOf("retrieve").ShouldBe(2);
    }
}
