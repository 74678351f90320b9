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

    /// <summary>Asks for all pages in turn, so many times.</summary>
    internal async Task<IReadOnlyList<PageTimes>> ReadAsync(IReadOnlyList<HistoryPage> pages, int repeats, CancellationToken cancellationToken)
    {
        var times = pages.Select(page => (Page: page, Ms: new List<double>())).ToList();
        var entries = new Dictionary<HistoryPage, int>();
        foreach (var page in pages)
        {
            entries[page] = await CountAsync(page, cancellationToken);
        }

        for (var i = 0; i < repeats; i++)
        {
            foreach (var (page, ms) in times)
            {
                var started = Stopwatch.GetTimestamp();
                await GetAsync(page, cancellationToken);
                ms.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return [.. times.Select(each => new PageTimes(each.Page.Name, each.Page.Query, entries[each.Page], each.Ms))];
    }

    public void Dispose() => _client.Dispose();

    private async Task<int> CountAsync(HistoryPage page, CancellationToken cancellationToken) =>
        JsonElement.Parse(await GetAsync(page, cancellationToken)).GetProperty("transactions").GetArrayLength();

    private async Task<string> GetAsync(HistoryPage page, CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync("/api/tokens/transactions" + page.Query, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? text
            : throw new InvalidOperationException($"The page '{page.Name}' was answered {(int)response.StatusCode}: {text}");
    }
}
