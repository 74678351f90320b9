using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Tokens.Bench.Products;

namespace Tokens.Bench.Objectives;

/// <summary>Requests of members at the product's front door, each timed.</summary>
internal sealed class MemberCalls(Uri gateway) : IDisposable
{
    // Far fewer than the gateway refuses. The wait for a free connection is part of the time.
    private const int ConnectionsMax = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client =
        new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxConnectionsPerServer = ConnectionsMax })
        {
            BaseAddress = gateway,
            Timeout = Patience,
        };

    /// <summary>POST of a JSON body, with an idempotency key if one is given.</summary>
    internal async Task<TimedAnswer> PostAsync(Member member, string path, string body, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await SendAsync(member, request, cancellationToken);
    }

    /// <summary>A tip of one token.</summary>
    internal Task<TimedAnswer> TipAsync(Member fan, Guid creatorId, string key, CancellationToken cancellationToken) =>
        PostAsync(fan, "/api/tokens/tip", $$"""{"creatorId":"{{creatorId}}","amountTokens":1}""", key, cancellationToken);

    /// <summary>A look at the balance.</summary>
    internal async Task<TimedAnswer> BalanceAsync(Member member, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/tokens/balance");
        return await SendAsync(member, request, cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private async Task<TimedAnswer> SendAsync(Member member, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", member.Token);
        var started = Stopwatch.GetTimestamp();
        using var response = await _client.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new TimedAnswer((int)response.StatusCode, text, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
