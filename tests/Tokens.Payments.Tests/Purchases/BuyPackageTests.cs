using System.Text.Json;
using Tokens.Payments.Tests.Parts;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Tests.Purchases;

public sealed class BuyPackageTests
{
    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_paid_package_is_credited_with_its_bonus_and_answered_with_all_facts(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);

        var answer = await shop.BuyAsync(tokens: 8_446);

        answer.Status.ShouldBe(200);
        answer.IsReplay.ShouldBeFalse();
        answer["success"].GetBoolean().ShouldBeTrue();
        var transaction = answer["transaction"];
        transaction.GetProperty("type").GetString().ShouldBe("purchase");
        transaction.GetProperty("tokens").GetInt64().ShouldBe(8_446);
        transaction.GetProperty("bonusTokens").GetInt64().ShouldBe(422);
        transaction.GetProperty("amountUsd").GetRawText().ShouldBe("549");
        transaction.GetProperty("status").GetString().ShouldBe("completed");
        answer["paymentIntent"].GetRawText().ShouldBe("""{"id":"pi_1","status":"succeeded","client_secret":"pi_1_secret"}""");
        answer["tokensAdded"].GetInt64().ShouldBe(8_868);
        answer["newBalance"].GetInt64().ShouldBe(8_868);
        answer.Body.TryGetProperty("requiresAction", out _).ShouldBeFalse();

        var posting = shop.SinglePosting();
        posting.Key.ShouldBe(new PostingKey("payments", "purchase", answer.PurchaseId.ToString()));
        posting.Reference.ShouldBe(answer.PurchaseId.ToString());
        var member = Account.OfMember(shop.MemberId);
        posting.Legs.ShouldBe(
        [
            new Leg(Account.Of(SystemAccount.Stripe), member, 8_446, TransferKind.Purchase),
            new Leg(Account.Of(SystemAccount.Bonus), member, 422, TransferKind.Bonus),
        ]);
        shop.Stripe.Intents["pi_1"].Amount.ShouldBe(549_00);
        shop.Stripe.Intents["pi_1"].PurchaseId.ShouldBe(answer.PurchaseId.ToString());
        shop.Stripe.KeysOf("create").ShouldBe([$"{answer.PurchaseId}:create:1"]);
        shop.Stripe.KeysOf("confirm").ShouldBe([$"{answer.PurchaseId}:confirm:1"]);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_repeat_of_the_key_is_answered_alike_and_charges_nothing(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        var first = await shop.BuyAsync(key: "k");
        await shop.BuyAsync();

        var again = await shop.BuyAsync(key: "k");

        again.Status.ShouldBe(200);
        again.IsReplay.ShouldBeTrue();
        again.Text.ShouldBe(first.Text);
        shop.Stripe.Charges.ShouldBe(2);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task Two_hundred_calls_with_one_key_charge_once_and_get_one_answer(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => shop.BuyAsync(key: "k")));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => !answer.IsReplay).ShouldBe(1);
        shop.Stripe.Charges.ShouldBe(1);
        shop.Stripe.Intents.Count.ShouldBe(1);
        shop.SinglePosting();
    }

    [Fact]
    public async Task Without_a_key_two_purchases_are_two()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        await shop.BuyAsync();
        await shop.BuyAsync();
        shop.Stripe.Charges.ShouldBe(2);
    }

    [Fact]
    public async Task A_key_is_the_members_own_and_the_routes()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        await shop.BuyAsync(key: "k");
        (await shop.Host.BuyPackageAsync(Guid.CreateVersion7(), key: "k")).IsReplay.ShouldBeFalse();
        var quick = await shop.Host.BuyAsync(shop.MemberId, new { tokenAmount = 50, paymentMethodId = "pm_card_visa" }, "k", "quick-purchase");
        quick.IsReplay.ShouldBeFalse();
        shop.Stripe.Charges.ShouldBe(3);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_key_with_another_payload_is_refused_and_nothing_is_charged(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        await shop.BuyAsync(key: "k");

        (await shop.BuyAsync(key: "k", tokens: 200)).Code.ShouldBe("idempotency_key_reused");
        var answer = await shop.BuyAsync("pm_card_mastercard", key: "k");

        answer.Status.ShouldBe(422);
        shop.Stripe.Intents.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{ "tokenAmount": 51, "paymentMethodId": "pm_1" }""", "tokenAmount", "Invalid token amount")]
    [InlineData("""{ "tokenAmount": "abc", "paymentMethodId": "pm_1" }""", "tokenAmount", "Invalid token amount")]
    [InlineData("""{ "paymentMethodId": "pm_1" }""", "tokenAmount", "Invalid token amount")]
    [InlineData("""{ "tokenAmount": 50 }""", "paymentMethodId", "Invalid payment method")]
    [InlineData("""{ "tokenAmount": 50, "paymentMethodId": "" }""", "paymentMethodId", "Invalid payment method")]
    [InlineData("""{ "tokenAmount": 50, "paymentMethodId": "pm\n1" }""", "paymentMethodId", "Invalid payment method")]
    [InlineData("""{ "tokenAmount": 50, "paymentMethodId": "pm_1", "giftRecipientId": "x" }""", "giftRecipientId", "Gift purchases are not available")]
    [InlineData("""{ "tokenAmount": 50, "paymentMethodId": "pm_1", "savePaymentMethod": "yes" }""", "savePaymentMethod", "Invalid savePaymentMethod")]
    public async Task A_wrong_field_is_named_and_Stripe_is_not_asked(string body, string field, string title)
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);

        var answer = await shop.Host.BuyAsync(shop.MemberId, JsonSerializer.Deserialize<JsonElement>(body));

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("validation_failed");
        answer["title"].GetString().ShouldBe(title);
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue();
        shop.Stripe.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_amount_that_is_no_package_is_answered_with_those_that_are()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var answer = await shop.BuyAsync(tokens: 51);
        answer["validAmounts"].EnumerateArray().Select(amount => amount.GetInt64()).ShouldBe([50, 200, 433, 812, 1_488, 4_986, 8_446]);
    }

    [Fact]
    public async Task Not_saving_the_payment_method_may_be_said()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var body = new { tokenAmount = "50", paymentMethodId = "pm_card_visa", savePaymentMethod = false };
        (await shop.Host.BuyAsync(shop.MemberId, body)).Status.ShouldBe(200);
    }
}
