using Stripe;
using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.DotNetSdk;

/// <summary>Stripe.net on a sandbox of its own, as the product uses it: one attempt a call, and no telemetry.</summary>
internal sealed class DotNetClient : IAsyncDisposable
{
    internal const string Visa = "pm_card_visa";
    private readonly HttpClient http = new();

    private DotNetClient(RunningSandbox sandbox)
    {
        Sandbox = sandbox;
        V1 = With(sandbox.Caller.ApiKey);
    }

    internal RunningSandbox Sandbox { get; }

    internal V1Services V1 { get; }

    internal static async Task<DotNetClient> StartAsync() => new(await RunningSandbox.StartAsync());

    /// <summary>On a sandbox that tells somebody of its events.</summary>
    internal static async Task<DotNetClient> StartAsync(WebhookReceiver receiver) =>
        new(await RunningSandbox.StartAsync(directory: null, settings: receiver.Settings));

    /// <summary>The same under another API key.</summary>
    internal V1Services With(string apiKey) => new StripeClient(
        apiKey: apiKey,
        httpClient: new SystemNetHttpClient(http, maxNetworkRetries: 0, enableTelemetry: false),
        apiBase: Sandbox.Address.GetLeftPart(UriPartial.Authority)).V1;

    internal Task<PaymentIntent> CreateAsync(string method = Visa, bool confirm = false, long amount = 1_900, string? key = null) =>
        V1.PaymentIntents.CreateAsync(
            new PaymentIntentCreateOptions
            {
                Amount = amount,
                Currency = "usd",
                PaymentMethod = method,
                AllowedPaymentMethodTypes = ["card"],
                Confirm = confirm,
            },
            new RequestOptions { IdempotencyKey = key });

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Sandbox.DisposeAsync();
    }
}
