using System.Diagnostics;
using Stripe;

namespace Tokens.Payments.Charging;

/// <summary>The connections to Stripe, kept for the life of the process.</summary>
internal sealed class StripeConnection : IDisposable
{
    // Long enough to save handshakes, short enough to follow a change of address.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient _httpClient;

    internal StripeConnection(StripeOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // Stripe isn't told of our traces; the calls' own spans stay.
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = options.ConnectionsMax,
            PooledConnectionLifetime = ConnectionLifetime,
        };
        _httpClient = new HttpClient(handler)
        {
            // The pipeline limits each attempt, and tells its own limit from a caller who gave up.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = options.AnswerBytesMax,
        };
        Client = new StripeClient(
            apiKey: options.SecretKey,
            // What may be repeated, and under which key, the pipeline knows.
            httpClient: new ReadableAnswers(new SystemNetHttpClient(_httpClient, maxNetworkRetries: 0, enableTelemetry: false)),
            // The client puts the path right behind it.
            apiBase: options.ApiBase.TrimEnd('/'));
    }

    internal StripeClient Client { get; }

    public void Dispose() => _httpClient.Dispose();
}
