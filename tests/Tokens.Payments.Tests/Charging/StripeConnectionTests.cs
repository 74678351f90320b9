using System.Net;
using System.Text.Json;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Charging;

/// <summary>What goes over the wire to Stripe, and what comes of each answer.</summary>
public sealed class StripeConnectionTests
{
    private const string Intent = """{ "id": "pi_1", "object": "payment_intent" }""";

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task A_path_follows_the_address_behind_one_slash(string end)
    {
        await using var server = await WireServer.AnsweringAsync(200, Intent);
        using var connection = new StripeConnection(new StripeOptions { SecretKey = "sk_test_wire", ApiBase = server.Address + end });

        await new PaymentIntentService(connection.Client).GetAsync("pi_1");

        server.Requests.ShouldHaveSingleItem().Target.ShouldBe("/v1/payment_intents/pi_1");
    }

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
        request.Headers["Stripe-Version"].ShouldBe(StripeConfiguration.ApiVersion);
    }

    [Fact]
    public async Task Of_this_installation_a_call_tells_the_versions_of_its_software_alone()
    {
        await using var server = await WireServer.AnsweringAsync(200, Intent);

        await server.Intents.GetAsync("pi_1");
        await server.Intents.GetAsync("pi_1");

        // The second call is the one that would tell how long the first one took.
        var request = server.Requests.Last();
        request.Body.ShouldBeEmpty();
        request.Headers.Keys.Order(StringComparer.Ordinal).ShouldBe(
            ["Authorization", "Host", "Stripe-Version", "User-Agent", "X-Stripe-Client-User-Agent"]);
        using var agent = JsonDocument.Parse(request.Headers["X-Stripe-Client-User-Agent"]);
        agent.RootElement.EnumerateObject().Select(member => member.Name).ShouldBeSubsetOf(
            ["bindings_version", "lang", "lang_version", "stripe_net_target_framework", "newtonsoft_json_version", "ai_agent"]);
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
        fault.StripeError.Type.ShouldBe("card_error");
        fault.StripeError.DeclineCode.ShouldBe("lost_card");
        fault.StripeResponse.RequestId.ShouldBe("req_7");
        fault.Message.ShouldBe("No.");
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "error": null }""")]
    [InlineData("""{ "error": "Bad gateway" }""")]
    [InlineData("""{ "error": { "code": 502, "message": "Bad gateway" } }""")]
    public async Task An_error_that_is_not_in_Stripes_shape_keeps_its_status(string body)
    {
        await using var server = await WireServer.AnsweringAsync(502, body);

        var fault = await Should.ThrowAsync<StripeException>(() => server.Intents.GetAsync("pi_1"));

        fault.HttpStatusCode.ShouldBe(HttpStatusCode.BadGateway);
        fault.StripeError.ShouldBeNull();
        server.Requests.Count.ShouldBe(1, "repeats are left to the pipeline");
    }

    [Theory]
    [InlineData("{ \"id\": ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{ "id": "pi_1", "amount": "much" }""")]
    public async Task An_answer_that_cannot_be_read_is_a_fault_and_not_an_empty_intent(string body)
    {
        await using var server = await WireServer.AnsweringAsync(200, body);

        (await Should.ThrowAsync<StripeException>(() => server.Intents.GetAsync("pi_1"))).HttpStatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_broken_connection_is_no_answer_of_Stripes_and_not_repeated_here()
    {
        await using var server = await WireServer.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        await Should.ThrowAsync<HttpRequestException>(() => server.Intents.ConfirmAsync("pi_1"));
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_ends_with_its_caller()
    {
        using var caller = new CancellationTokenSource();
        await using var server = await WireServer.StartAsync(async context =>
        {
            await caller.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

        await Should.ThrowAsync<OperationCanceledException>(() => server.Intents.GetAsync("pi_1", cancellationToken: caller.Token));
    }
}
