using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests.Running;

/// <summary>A Stripe sandbox in a process of its own, so that what it was asked for goes on while the product is killed.</summary>
internal sealed class StripeAside : IDisposable
{
    internal const string ApiKey = "sk_test_aside";
    internal const string WebhookSecret = "whsec_aside";
    private readonly HttpClient _client;

    private StripeAside(Uri address)
    {
        Address = address;
        _client = new HttpClient { BaseAddress = address };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
    }

    internal Uri Address { get; }

    /// <summary>Starts it, and points the installation's further processes at it.</summary>
    internal static async Task<StripeAside> StartAsync(Installation installation)
    {
        var stripe = new StripeAside(LoopbackPort.Address());
        installation.Settings["STRIPE_SECRET_KEY"] = ApiKey;
        installation.Settings["STRIPE_API_BASE"] = stripe.Address.AbsoluteUri;
        installation.Settings["STRIPE_WEBHOOK_SECRET"] = WebhookSecret;
        installation.Launch(new Dictionary<string, string?>
        {
            ["ROLES"] = "sandbox",
            ["SANDBOX_URLS"] = stripe.Address.AbsoluteUri,
            ["SANDBOX_WEBHOOK_URL"] = new Uri(installation.Gateway, "/webhooks/stripe").AbsoluteUri,
        });
        await Testing.Eventually.BecomesTrueAsync(stripe.AnswersAsync, TimeSpan.FromSeconds(60), "the sandbox answers");
        installation.Settings["ROLES"] = "gateway,api";
        return stripe;
    }

    internal async Task GoWrongAsync(object faults) =>
        (await _client.PutAsJsonAsync("/sandbox/faults", faults)).EnsureSuccessStatusCode();

    internal async Task GoRightAsync() => (await _client.DeleteAsync("/sandbox/faults")).EnsureSuccessStatusCode();

    internal async Task DeliverAsync(object webhooks) =>
        (await _client.PutAsJsonAsync("/sandbox/webhooks", webhooks)).EnsureSuccessStatusCode();

    internal async Task AuthenticateAsync(string paymentIntentId, string outcome = "succeed") =>
        (await _client.PostAsJsonAsync($"/sandbox/payment_intents/{paymentIntentId}/authenticate", new { outcome })).EnsureSuccessStatusCode();

    /// <summary>The charges that took money.</summary>
    internal async Task<IReadOnlyList<Charge>> ChargesAsync()
    {
        var answer = await Answer.ReadAsync(await _client.GetAsync("/sandbox/charges"));
        return [.. answer.Json.GetProperty("charges").EnumerateArray()
            .Where(charge => charge.GetProperty("status").GetString() == "succeeded")
            .Select(charge => new Charge(
                charge.GetProperty("paymentIntentId").GetString()!,
                charge.GetProperty("amount").GetInt64(),
                charge.GetProperty("createdAt").GetDateTime()))];
    }

    /// <summary>Every payment intent; only while nothing goes wrong.</summary>
    internal async Task<IReadOnlyList<JsonElement>> IntentsAsync()
    {
        var intents = new List<JsonElement>();
        while (true)
        {
            var after = intents.Count > 0 ? "&starting_after=" + intents[^1].GetProperty("id").GetString() : "";
            var page = (await Answer.ReadAsync(await _client.GetAsync("/v1/payment_intents?limit=100" + after))).Json;
            intents.AddRange(page.GetProperty("data").EnumerateArray());
            if (!page.GetProperty("has_more").GetBoolean())
            {
                return intents;
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await _client.GetAsync("/sandbox/charges")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <param name="PaymentIntentId">Whose money it took.</param>
    /// <param name="AmountMinor">In US cents.</param>
    /// <param name="CreatedAt">When.</param>
    internal sealed record Charge(string PaymentIntentId, long AmountMinor, DateTime CreatedAt);
}
