namespace Stripe;

/// <summary>Sends over <see cref="HttpClient"/>.</summary>
internal sealed class SystemNetHttpClient : IHttpClient
{
    private readonly HttpClient _httpClient;

    /// <param name="httpClient">Used for every request; whoever made it disposes it.</param>
    /// <param name="maxNetworkRetries">0: what may be repeated, and under which key, is known above this client.</param>
    /// <param name="enableTelemetry">False: how long the last call took is told to nobody.</param>
    public SystemNetHttpClient(HttpClient httpClient, int maxNetworkRetries, bool enableTelemetry)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(maxNetworkRetries, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(enableTelemetry, false);
        _httpClient = httpClient;
    }

    public async Task<StripeResponse> MakeRequestAsync(HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        using var response = await _httpClient.SendAsync(request, cancellationToken);
        var content = await response.Content.ReadAsStringAsync(cancellationToken);
        return new StripeResponse(response.StatusCode, response.Headers, content);
    }
}
