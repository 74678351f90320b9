using System.Net;
using Stripe;

namespace Tokens.StripeSandbox.Tests.DotNetSdk;

/// <summary>What the sandbox refuses, Stripe.net throws as it throws Stripe's.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("pm_card_chargeDeclined", "card_declined", "generic_decline")]
    [InlineData("pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds")]
    [InlineData("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card")]
    public async Task A_decline_says_why_and_of_which_payment(string method, string code, string declineCode)
    {
        await using var stripe = await DotNetClient.StartAsync();
        var created = await stripe.CreateAsync(method);

        var fault = await Should.ThrowAsync<StripeException>(() => stripe.V1.PaymentIntents.ConfirmAsync(created.Id));

        fault.HttpStatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
        var error = fault.StripeError;
        (error.Type, error.Code, error.DeclineCode, error.Message).ShouldBe(("card_error", code, declineCode, fault.Message));
        (error.PaymentIntent.Id, error.PaymentIntent.Status).ShouldBe((created.Id, "requires_payment_method"));
        error.PaymentIntent.LastPaymentError.Charge.ShouldBe(error.Charge);
        fault.StripeResponse.RequestId.ShouldStartWith("req_");
    }

    [Fact]
    public async Task Other_parameters_under_a_used_key_are_an_idempotency_error()
    {
        await using var stripe = await DotNetClient.StartAsync();
        await stripe.CreateAsync(key: "order-1");

        var fault = await Should.ThrowAsync<StripeException>(() => stripe.CreateAsync(amount: 2_000, key: "order-1"));

        (fault.HttpStatusCode, fault.StripeError.Type).ShouldBe((HttpStatusCode.BadRequest, "idempotency_error"));
    }

    [Fact]
    public async Task A_wrong_parameter_is_named()
    {
        await using var stripe = await DotNetClient.StartAsync();

        var small = await Should.ThrowAsync<StripeException>(() => stripe.CreateAsync(amount: 1));
        var missing = await Should.ThrowAsync<StripeException>(() => stripe.V1.PaymentIntents.GetAsync("pi_unknown"));

        small.HttpStatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (small.StripeError.Code, small.StripeError.Param).ShouldBe(("amount_too_small", "amount"));
        (missing.HttpStatusCode, missing.StripeError.Code).ShouldBe((HttpStatusCode.NotFound, "resource_missing"));
    }

    [Fact]
    public async Task A_live_key_is_refused()
    {
        await using var stripe = await DotNetClient.StartAsync();

        var fault = await Should.ThrowAsync<StripeException>(() => stripe.With("sk_live_1234567890").PaymentIntents.ListAsync());

        fault.HttpStatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("rateLimitRate", HttpStatusCode.TooManyRequests, "invalid_request_error", "rate_limit")]
    [InlineData("errorRate", HttpStatusCode.InternalServerError, "api_error", null)]
    public async Task Faults_made_on_purpose_are_Stripes(string fault, HttpStatusCode status, string type, string? code)
    {
        await using var stripe = await DotNetClient.StartAsync();
        await stripe.Sandbox.Caller.PutAsync("/sandbox/faults", $$"""{ "{{fault}}": 1 }""");

        var thrown = await Should.ThrowAsync<StripeException>(() => stripe.CreateAsync());

        (thrown.HttpStatusCode, thrown.StripeError.Type, thrown.StripeError.Code).ShouldBe((status, type, code));
    }

    [Fact]
    public async Task A_dropped_connection_is_no_answer()
    {
        await using var stripe = await DotNetClient.StartAsync();
        await stripe.Sandbox.Caller.PutAsync("/sandbox/faults", """{ "dropConnectionRate": 1 }""");

        await Should.ThrowAsync<HttpRequestException>(() => stripe.CreateAsync());
    }
}
