using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>Purchases whose card asks for its holder (3-D Secure).</summary>
public sealed class AuthenticationTests
{
    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task The_member_is_sent_to_authenticate_and_a_repeat_hands_out_the_secret_again(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);

        var answer = await shop.BuyAsync("pm_3ds", key: "k");

        answer.Status.ShouldBe(200);
        answer["success"].GetBoolean().ShouldBeFalse();
        answer["requiresAction"].GetBoolean().ShouldBeTrue();
        answer["transaction"].GetProperty("status").GetString().ShouldBe("requires_action");
        answer["paymentIntent"].GetRawText().ShouldBe("""{"id":"pi_1","status":"requires_action","client_secret":"pi_1_secret"}""");
        answer["newBalance"].GetInt64().ShouldBe(0);
        answer.Body.TryGetProperty("tokensAdded", out _).ShouldBeFalse();

        var again = await shop.BuyAsync("pm_3ds", key: "k");
        again["paymentIntent"].GetRawText().ShouldBe(answer["paymentIntent"].GetRawText());
        again["transaction"].GetRawText().ShouldBe(answer["transaction"].GetRawText());
        shop.Stripe.Intents.Count.ShouldBe(1);
        shop.Stripe.CountOf("confirm").ShouldBe(1);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task Once_authenticated_the_purchase_is_credited_when_it_is_looked_at(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        var answer = await shop.BuyAsync("pm_3ds", key: "k");
        (await shop.StatusOfAsync(answer.PurchaseId)).ShouldBe("requires_action");
        shop.Stripe.Intents["pi_1"].Status = "succeeded";

        (await shop.StatusOfAsync(answer.PurchaseId)).ShouldBe("succeeded");

        shop.SinglePosting();
        var again = await shop.BuyAsync("pm_3ds", key: "k");
        again["success"].GetBoolean().ShouldBeTrue();
        again.IsReplay.ShouldBeTrue();
        shop.SinglePosting();
    }

    [Fact]
    public async Task A_failed_authentication_ends_the_intent_before_the_purchase_counts_as_declined()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var answer = await shop.BuyAsync("pm_3ds", key: "k");
        shop.Stripe.Intents["pi_1"].Status = "requires_payment_method";
        shop.Stripe.Fail("cancel", StripeFault.Unauthorized);

        (await shop.StatusOfAsync(answer.PurchaseId)).ShouldBe("requires_action");
        (await shop.StatusOfAsync(answer.PurchaseId)).ShouldBe("declined");

        shop.Stripe.Intents["pi_1"].Status.ShouldBe("canceled");
        (await shop.BuyAsync(key: "k")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_payment_that_was_cancelled_at_Stripe_is_cancelled_here()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var answer = await shop.BuyAsync("pm_3ds", key: "k");
        shop.Stripe.Intents["pi_1"].Status = "canceled";

        (await shop.StatusOfAsync(answer.PurchaseId)).ShouldBe("cancelled");

        shop.Ledger.PostingsOf(shop.MemberId).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repeat_that_finds_its_payment_cancelled_at_Stripe_begins_anew()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var answer = await shop.BuyAsync("pm_3ds", key: "k");
        shop.Stripe.Intents["pi_1"].Status = "canceled";

        var again = await shop.BuyAsync("pm_3ds", key: "k");

        again["requiresAction"].GetBoolean().ShouldBeTrue();
        again.PurchaseId.ShouldNotBe(answer.PurchaseId);
        again["paymentIntent"].GetProperty("id").GetString().ShouldBe("pi_2");
    }
}
