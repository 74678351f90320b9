using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Tokens.Bench.Products;
using Tokens.Platform.Time;

namespace Tokens.Bench.Overload;

/// <summary>
/// Some callers within a crowd, who time each of their answers by itself: the crowd's own generator doesn't tell the times of those that
/// were taken from the times of those that were refused. Whoever is refused comes again at once, as the crowd does.
/// </summary>
internal sealed class Probe(Uri gateway, Cast cast)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Tips until <paramref name="end"/> is cancelled; each call that has begun is waited for.</summary>
    internal async Task<(ProbeResult Result, string Keys)> RunAsync(int callers, CancellationToken end)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = gateway, Timeout = Patience };
        var (keys, times) = (Uuid.NewRandom().ToString("N"), new ConcurrentQueue<(int Status, double Ms)>());
        var count = 0;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(CallAsync));
        var byStatus = times.GroupBy(each => each.Status)
            .ToDictionary(group => group.Key, IReadOnlyList<double> (group) => [.. group.Select(each => each.Ms)]);
        return (new ProbeResult(byStatus), keys);

        async Task CallAsync(int caller)
        {
            while (!end.IsCancellationRequested)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tokens/tip");
                var creator = cast.CreatorIds[caller % cast.CreatorIds.Count];
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", cast.Fans[caller % cast.Fans.Count].Token);
                request.Headers.Add("Idempotency-Key", $"{keys}-{Interlocked.Increment(ref count)}");
                request.Content = new StringContent($$"""{"creatorId":"{{creator}}","amountTokens":1}""", Encoding.UTF8, "application/json");
                var started = Stopwatch.GetTimestamp();
                using var response = await client.SendAsync(request, CancellationToken.None);
                times.Enqueue(((int)response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
            }
        }
    }
}
