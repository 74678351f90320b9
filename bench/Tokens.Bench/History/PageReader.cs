using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Tokens.Bench.Products;

namespace Tokens.Bench.History;

/// <summary>A member who turns the pages of a history, one request after the other.</summary>
internal sealed class PageReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HttpClient _client;

    internal PageReader(Uri gateway, Member member)
    {
        _client = new HttpClient { BaseAddress = gateway, Timeout = Patience };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", member.Token);
    }

    /// <summary>Asks for all pages in turn, once, then <paramref name="warmUps"/> times that don't count, then the times that do.</summary>
    internal async Task<IReadOnlyList<PageTimes>> ReadAsync(
        IReadOnlyList<HistoryPage> pages, int warmUps, int repeats, CancellationToken cancellationToken)
    {
        var first = new List<(int Entries, double Ms)>();
        foreach (var page in pages)
        {
            var (text, ms) = await TimedAsync(page, cancellationToken);
            var entries = JsonElement.Parse(text).GetProperty("transactions").GetArrayLength();
            first.Add((entries, ms));
        }

        var later = pages.Select(_ => new List<double>(repeats)).ToList();
        for (var i = 0; i < warmUps + repeats; i++)
        {
            foreach (var (page, ms) in pages.Zip(later))
            {
                var timed = await TimedAsync(page, cancellationToken);
                if (i >= warmUps)
                {
                    ms.Add(timed.Ms);
                }
            }
        }

        return [.. pages.Select((page, i) => new PageTimes(page.Name, page.Query, first[i].Entries, first[i].Ms, later[i]))];
    }

    public void Dispose() => _client.Dispose();

    private async Task<(string Text, double Ms)> TimedAsync(HistoryPage page, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var text = await GetAsync(page, cancellationToken);
        return (text, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private async Task<string> GetAsync(HistoryPage page, CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync("/api/tokens/transactions" + page.Query, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? text
            : throw new InvalidOperationException($"The page '{page.Name}' was answered {(int)response.StatusCode}: {text}");
    }
}
