using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>A card that is refused, and a payment method that is none, give the key back.</summary>
public sealed class RefusedCardTests
{
    [Theory]
    [InlineData("card_declined", "generic_decline", "generic_decline", "Refused: generic_decline.")]
    [InlineData("card_declined", "insufficient_funds", "insufficient_funds", "Refused: insufficient_funds.")]
    [InlineData("expired_card", "expired_card", "expired_card", "Refused: expired_card.")]
    [InlineData("card_declined", "lost_card", "generic_decline", "Your card was declined.")]
    [InlineData("card_declined", "stolen_card", "generic_decline", "Your card was declined.")]
    [InlineData("card_declined", "pickup_card", "generic_decline", "Your card was declined.")]
    [InlineData("card_declined", "fraudulent", "generic_decline", "Your card was declined.")]
    public async Task A_refused_card_is_told_with_codes_unless_its_holder_must_not_know(
        string code, string declineCode, string shownCode, string sentence)
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);

        var answer = await shop.BuyAsync($"pm_decline/{code}/{declineCode}");

        answer.Status.ShouldBe(402);
        answer.Code.ShouldBe("payment_declined");
        answer["title"].GetString().ShouldBe("Payment declined");
        answer["detail"].GetString().ShouldBe(sentence);
        answer["declineCode"].GetString().ShouldBe(shownCode);
        answer["stripeCode"].GetString().ShouldBe(code);
        answer["paymentIntentId"].GetString().ShouldBe("pi_1");
        await shop.IntentBecomesAsync("pi_1", "canceled");
        shop.Ledger.PostingsOf(shop.MemberId).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_refusal_gives_the_key_back_for_another_card(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        var refused = await shop.BuyAsync("pm_decline/card_declined/insufficient_funds", key: "k");

        var paid = await shop.BuyAsync(key: "k");

        refused.Status.ShouldBe(402);
        paid.Status.ShouldBe(200);
        paid.IsReplay.ShouldBeFalse();
        (await shop.BuyAsync(key: "k")).Text.ShouldBe(paid.Text);
        shop.Stripe.Charges.ShouldBe(1);
    }

    [Theory]
    [InlineData("pm_unknown")]
    [InlineData("pm_unusable")]
    public async Task A_payment_method_that_Stripe_calls_invalid_is_the_members_fault_and_frees_the_key(string paymentMethodId)
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);

        var answer = await shop.BuyAsync(paymentMethodId, key: "k");

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("invalid_request");
        (await shop.BuyAsync(key: "k")).Status.ShouldBe(200);
        foreach (var intent in shop.Stripe.Intents.Values.Where(intent => intent.PaymentMethod == paymentMethodId))
        {
            await shop.IntentBecomesAsync(intent.Id, "canceled");
        }
    }
}
