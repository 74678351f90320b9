using Tokens.Payments.Tests.Parts;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Tests.Purchases;

public sealed class QuickPurchaseTests
{
    [Fact]
    public async Task A_small_amount_costs_what_its_tokens_are_worth()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);

        var answer = await BuyAsync(shop, 10);

        answer.Status.ShouldBe(200);
        answer["transaction"].GetProperty("type").GetString().ShouldBe("quick_purchase");
        answer["transaction"].GetProperty("amountUsd").GetDecimal().ShouldBe(0.5m);
        answer["transaction"].GetProperty("bonusTokens").GetInt64().ShouldBe(0);
        shop.Stripe.Intents["pi_1"].Amount.ShouldBe(50);
        shop.SinglePosting().Legs.ShouldHaveSingleItem().Kind.ShouldBe(TransferKind.QuickPurchase);
    }

    [Theory]
    [InlineData(9, 400)]
    [InlineData(1_000, 200)]
    [InlineData(1_001, 400)]
    public async Task Ten_to_a_thousand_tokens_can_be_bought(long tokens, int status)
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        (await BuyAsync(shop, tokens)).Status.ShouldBe(status);
    }

    private static Task<Answer> BuyAsync(Shop shop, long tokens) => shop.Host.BuyAsync(
        shop.MemberId, new { tokenAmount = tokens, paymentMethodId = "pm_card_visa" }, route: "quick-purchase");
}
