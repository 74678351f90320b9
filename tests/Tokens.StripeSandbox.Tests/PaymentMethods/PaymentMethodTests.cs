using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.PaymentMethods;

public sealed class PaymentMethodTests
{
    private const string Methods = "/v1/payment_methods";

    [Theory]
    [InlineData("tok_visa", "visa", "4242", 200)]
    [InlineData("tok_visa_debit", "visa", "5556", 200)]
    [InlineData("tok_mastercard", "mastercard", "4444", 200)]
    [InlineData("tok_amex", "amex", "8431", 200)]
    [InlineData("tok_chargeDeclined", "visa", "0002", 402)]
    [InlineData("tok_chargeDeclinedInsufficientFunds", "visa", "9995", 402)]
    public async Task A_token_makes_a_payment_method_that_behaves_as_its_card(string token, string brand, string last4, int confirmed)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var made = await sandbox.Caller.PostAsync(Methods, $"type=card&card[token]={token}");
        made.Status.ShouldBe(200, made.Text);
        made.String("object").ShouldBe("payment_method");
        made.String("type").ShouldBe("card");
        made.String("card", "brand").ShouldBe(brand);
        made.String("card", "last4").ShouldBe(last4);
        var id = made.String("id")!;
        id.ShouldStartWith("pm_");
        (await sandbox.Caller.GetAsync($"{Methods}/{id}")).Text.ShouldBe(made.Text);

        var intent = await sandbox.Caller.CreateAsync($"amount=500&currency=usd&payment_method={id}");
        (await sandbox.Caller.ConfirmAsync(intent)).Status.ShouldBe(confirmed);
    }

    [Theory]
    [InlineData("pm_card_visa", "pm_card_us", true)]
    [InlineData("pm_card_visa", "pm_card_visa_debit", false)]
    [InlineData("pm_card_mastercard", "pm_card_mastercard_debit", false)]
    public async Task A_fingerprint_is_that_of_the_cards_number(string card, string other, bool equal)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var first = await FingerprintAsync(sandbox, card);

        first.Length.ShouldBe(16);
        first.ShouldAllBe(c => char.IsAsciiLetterOrDigit(c));
        (await FingerprintAsync(sandbox, card)).ShouldBe(first);
        ((await FingerprintAsync(sandbox, other)) == first).ShouldBe(equal);
    }

    [Fact]
    public async Task A_key_makes_one_payment_method()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var first = await sandbox.Caller.PostAsync(Methods, "type=card&card[token]=tok_visa", "method-1");
        var again = await sandbox.Caller.PostAsync(Methods, "type=card&card[token]=tok_visa", "method-1");
        again.Text.ShouldBe(first.Text);
        again.Replayed.ShouldBeTrue();
    }

    [Fact]
    public async Task The_payment_method_of_an_intent_and_a_test_card_are_retrieved()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var intent = await sandbox.Caller.PostAsync(
            StripeCaller.Intents, "amount=500&currency=usd&payment_method=pm_card_amex&expand[]=payment_method");

        var used = await sandbox.Caller.GetAsync($"{Methods}/{intent.String("payment_method", "id")}");
        used.Text.ShouldBe(intent["payment_method"].GetRawText());
        var card = await sandbox.Caller.GetAsync($"{Methods}/pm_card_amex");
        card.String("id").ShouldBe("pm_card_amex");
        card.String("card", "brand").ShouldBe("amex");
    }

    [Theory]
    [InlineData("", "parameter_missing", "type")]
    [InlineData("type=sepa_debit", null, "type")]
    [InlineData("type=card", "parameter_missing", "card")]
    [InlineData("type=card&card=tok_visa", null, "card")]
    [InlineData("type=card&card[number]=4242424242424242", "parameter_unknown", "card[number]")]
    [InlineData("type=card&card[token]=", "parameter_invalid_empty", "card[token]")]
    [InlineData("type=card&card[token]=tok_unknown", "resource_missing", "card[token]")]
    [InlineData("type=card&card[token]=pm_card_visa", "resource_missing", "card[token]")]
    [InlineData("type=card&card[token]=tok_visa&customer=cus_1", "parameter_unknown", "customer")]
    public async Task What_makes_no_payment_method_is_named(string form, string? code, string param)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        (await sandbox.Caller.PostAsync(Methods, form)).ShouldBeRefused(400, code, param);
    }

    [Fact]
    public async Task An_unknown_payment_method_is_404()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        (await sandbox.Caller.GetAsync($"{Methods}/pm_unknown")).ShouldBeRefused(404, "resource_missing", "payment_method");
    }

    private static async Task<string> FingerprintAsync(RunningSandbox sandbox, string card)
    {
        var used = await sandbox.Caller.PostAsync(
            StripeCaller.Intents, $"amount=500&currency=usd&payment_method={card}&expand[]=payment_method");
        return used.String("payment_method", "card", "fingerprint")!;
    }
}
