using System.Net;
using Stripe;
using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Stripe;

public sealed class StripeClientTests
{
    private const string Intent = """
        { "id": "pi_1", "amount": 500, "currency": "usd", "status": "succeeded", "client_secret": "s", "created": 1767225600,
          "latest_charge": "ch_1", "metadata": { "purchase_id": "7" }, "unknown": { "later": [1] } }
        """;

    [Fact]
    public async Task A_write_carries_form_key_version_and_credentials()
    {
        await using var server = await WireServer.AnsweringAsync(200, Intent);

        await server.Intents.ConfirmAsync(
            "pi/1", new PaymentIntentConfirmOptions { UseStripeSdk = true }, new RequestOptions { IdempotencyKey = "p:confirm:1" });

        var request = server.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("POST");
        request.Target.ShouldBe("/v1/payment_intents/pi%2F1/confirm");
        request.Body.ShouldBe("use_stripe_sdk=true");
        request.Headers["Content-Type"].ShouldStartWith("application/x-www-form-urlencoded");
        request.Headers["Authorization"].ShouldBe("Bearer sk_test_wire");
        request.Headers["Idempotency-Key"].ShouldBe("p:confirm:1");
        request.Headers["Stripe-Version"].ShouldBe(StripeClient.ApiVersion);
    }

    [Fact]
    public async Task A_read_has_no_body_and_no_key()
    {
        await using var server = await WireServer.AnsweringAsync(200, Intent);

        await server.Intents.GetAsync("pi_1");

        var request = server.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("GET");
        request.Body.ShouldBeEmpty();
        request.Headers.ShouldNotContainKey("Idempotency-Key");
    }

    [Fact]
    public async Task An_intent_is_read_and_unknown_members_are_passed_over()
    {
        await using var server = await WireServer.AnsweringAsync(200, Intent);

        var intent = await server.Intents.GetAsync("pi_1");

        intent.Id.ShouldBe("pi_1");
        intent.Amount.ShouldBe(500);
        intent.Status.ShouldBe("succeeded");
        intent.ClientSecret.ShouldBe("s");
        intent.Metadata!["purchase_id"].ShouldBe("7");
        intent.StripeResponse!.RequestId.ShouldBe("req_7");
    }

    [Fact]
    public async Task A_refusal_carries_status_error_and_request_id()
    {
        await using var server = await WireServer.AnsweringAsync(402, """
            { "error": { "type": "card_error", "code": "card_declined", "decline_code": "lost_card", "message": "No.", "param": "",
              "payment_intent": { "id": "pi_1", "status": "requires_payment_method", "last_payment_error": { "code": "card_declined" } } } }
            """);

        var fault = await Should.ThrowAsync<StripeException>(() => server.Intents.ConfirmAsync("pi_1"));

        fault.HttpStatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
        fault.StripeError!.Type.ShouldBe("card_error");
        fault.StripeError.DeclineCode.ShouldBe("lost_card");
        fault.StripeResponse!.RequestId.ShouldBe("req_7");
        fault.Message.ShouldBe("No.");
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task An_error_that_is_not_in_Stripes_shape_keeps_its_status(string body)
    {
        await using var server = await WireServer.AnsweringAsync(502, body);

        var fault = await Should.ThrowAsync<StripeException>(() => server.Intents.GetAsync("pi_1"));

        fault.HttpStatusCode.ShouldBe(HttpStatusCode.BadGateway);
        fault.StripeError.ShouldBeNull();
    }

    [Theory]
    [InlineData("{ \"id\": ")]
    [InlineData("null")]
    public async Task An_answer_that_cannot_be_read_is_a_fault_and_not_an_empty_intent(string body)
    {
        await using var server = await WireServer.AnsweringAsync(200, body);

        (await Should.ThrowAsync<StripeException>(() => server.Intents.GetAsync("pi_1"))).HttpStatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_broken_connection_is_no_answer_of_Stripes()
    {
        await using var server = await WireServer.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        await Should.ThrowAsync<HttpRequestException>(() => server.Intents.ConfirmAsync("pi_1"));
    }

    [Fact]
    public void Retries_are_left_to_the_pipeline()
    {
        using var httpClient = new HttpClient();
        Should.Throw<ArgumentOutOfRangeException>(() => new SystemNetHttpClient(httpClient, maxNetworkRetries: 2, enableTelemetry: false));
    }
}
