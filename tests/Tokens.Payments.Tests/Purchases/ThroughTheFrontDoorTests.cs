using System.Net.Http.Json;
using System.Text.Json;
using Tokens.Testing.Products;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>The module in the whole product: gateway, sign-in, the real ledger, and the sandbox in Stripe's place.</summary>
public abstract class ThroughTheFrontDoorTests(ProductFixture product)
{
    [Fact]
    public async Task A_package_with_its_bonus_is_one_entry_of_the_history()
    {
        using var member = await product.SignInAsync();

        var answer = await BuyAsync(member, "pm_card_visa", tokens: 8_446);

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("newBalance").GetInt64().ShouldBe(8_868);
        (await member.BalanceAsync()).ShouldBe(8_868);
        var history = (await member.GetAsync("/api/tokens/transactions")).Json.GetProperty("transactions");
        var entry = history.EnumerateArray().ShouldHaveSingleItem();
        entry.GetProperty("type").GetString().ShouldBe("purchase");
        entry.GetProperty("tokens").GetInt64().ShouldBe(8_868);
        entry.GetProperty("reference").GetString().ShouldBe(answer.Json.GetProperty("transaction").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Two_hundred_calls_with_one_key_charge_once_and_get_one_answer()
    {
        using var member = await product.SignInAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => BuyAsync(member, "pm_card_visa", "k")));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        (await member.BalanceAsync()).ShouldBe(50);
        (await ChargesOfAsync(answers[0])).ShouldBe(1);
    }

    [Theory]
    [InlineData("pm_card_visa_chargeDeclined", "generic_decline", "card_declined")]
    [InlineData("pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds", "card_declined")]
    [InlineData("pm_card_visa_chargeDeclinedLostCard", "generic_decline", "card_declined")]
    [InlineData("pm_card_visa_chargeDeclinedStolenCard", "generic_decline", "card_declined")]
    [InlineData("pm_card_chargeDeclinedFraudulent", "generic_decline", "card_declined")]
    [InlineData("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card")]
    [InlineData("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc")]
    [InlineData("pm_card_chargeDeclinedProcessingError", "processing_error", "processing_error")]
    public async Task A_refused_card_is_told_why_and_moves_nothing(string card, string declineCode, string stripeCode)
    {
        using var member = await product.SignInAsync();

        var answer = await BuyAsync(member, card, "k");

        answer.Status.ShouldBe(402, answer.Text);
        answer.ContentType.ShouldBe("application/problem+json");
        answer.Code.ShouldBe("payment_declined");
        answer.Json.GetProperty("success").GetBoolean().ShouldBeFalse();
        answer.Json.GetProperty("declineCode").GetString().ShouldBe(declineCode);
        answer.Json.GetProperty("stripeCode").GetString().ShouldBe(stripeCode);
        (await member.BalanceAsync()).ShouldBe(0);
        (await BuyAsync(member, "pm_card_visa", "k")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_unknown_payment_method_is_the_callers_fault()
    {
        using var member = await product.SignInAsync();
        var answer = await BuyAsync(member, "pm_never_made");
        answer.Status.ShouldBe(400, answer.Text);
        answer.Code.ShouldBe("invalid_request");
    }

    [Theory]
    [InlineData("succeed", "succeeded", 50)]
    [InlineData("fail", "declined", 0)]
    public async Task A_card_that_asks_for_its_holder_is_settled_by_what_the_holder_does(string outcome, string status, long balance)
    {
        using var member = await product.SignInAsync();
        var answer = await BuyAsync(member, "pm_card_threeDSecure2Required", "k");
        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("requiresAction").GetBoolean().ShouldBeTrue();
        var intent = answer.Json.GetProperty("paymentIntent");
        intent.GetProperty("status").GetString().ShouldBe("requires_action");
        intent.GetProperty("client_secret").GetString().ShouldNotBeNullOrEmpty();
        (await BuyAsync(member, "pm_card_threeDSecure2Required", "k")).Json.GetProperty("paymentIntent").GetRawText()
            .ShouldBe(intent.GetRawText());

        using var holder = new HttpClient { BaseAddress = product.Product.Sandbox };
        var authenticated = await holder.PostAsJsonAsync(
            $"/sandbox/payment_intents/{intent.GetProperty("id").GetString()}/authenticate", new { outcome });
        // The sandbox answers a failed authentication with the failed attempt's own error.
        ((int)authenticated.StatusCode).ShouldBeOneOf(200, 402);

        var purchaseId = answer.Json.GetProperty("transaction").GetProperty("id").GetString();
        var purchase = await member.GetAsync($"/api/tokens/purchases/{purchaseId}");
        purchase.Json.GetProperty("purchase").GetProperty("status").GetString().ShouldBe(status);
        (await member.BalanceAsync()).ShouldBe(balance);
    }

    [Fact]
    public async Task A_purchase_is_nobody_elses()
    {
        using var member = await product.SignInAsync();
        using var other = await product.SignInAsync();
        var bought = await BuyAsync(member, "pm_card_visa");
        var path = $"/api/tokens/purchases/{bought.Json.GetProperty("transaction").GetProperty("id").GetString()}";
        (await member.GetAsync(path)).Status.ShouldBe(200);
        (await other.GetAsync(path)).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("/api/tokens/packages")]
    [InlineData("/api/tokens/purchases/00000000-0000-0000-0000-000000000001")]
    public async Task Nobody_reads_without_a_sign_in(string path)
    {
        using var stranger = new HttpClient { BaseAddress = product.Product.Gateway };
        (await Answer.ReadAsync(await stranger.GetAsync(path))).Code.ShouldBe("unauthenticated");
    }

    private static Task<Answer> BuyAsync(TestMember member, string paymentMethodId, string? key = null, long tokens = 50) =>
        member.PostAsync("/api/tokens/purchase", new { tokenAmount = tokens, paymentMethodId }, key);

    private async Task<int> ChargesOfAsync(Answer paid)
    {
        var id = paid.Json.GetProperty("paymentIntent").GetProperty("id").GetString();
        using var client = new HttpClient { BaseAddress = product.Product.Sandbox };
        var all = await client.GetFromJsonAsync<JsonElement>("/sandbox/charges");
        return all.GetProperty("charges").EnumerateArray().Count(charge => charge.GetProperty("paymentIntentId").GetString() == id);
    }
}

public sealed class ThroughTheFrontDoorOnSqliteTests(SqliteProduct product) : ThroughTheFrontDoorTests(product), IClassFixture<SqliteProduct>;

public sealed class ThroughTheFrontDoorOnPostgresTests(PostgresProduct product)
    : ThroughTheFrontDoorTests(product), IClassFixture<PostgresProduct>;
