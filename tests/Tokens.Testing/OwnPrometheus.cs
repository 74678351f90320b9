using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Tokens.Testing.Products;

namespace Tokens.Testing;

/// <summary>A Prometheus of one test's own that scrapes one address, and is asked by its own query interface.</summary>
public sealed class OwnPrometheus : IAsyncDisposable
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _client = new() { BaseAddress = LoopbackPort.Address() };
    private readonly Process _process;

    private OwnPrometheus(Uri target, string? rules)
    {
        var configuration = Path.Combine(_directory.Path, "prometheus.yml");
        File.WriteAllText(configuration, $$"""
            global:
              scrape_interval: 1s
              evaluation_interval: 1s
            rule_files: [{{(rules is null ? "" : $"'{rules}'")}}]
            scrape_configs:
              - job_name: tokens
                static_configs:
                  - targets: ['{{target.Authority}}']
            """);
        var start = new ProcessStartInfo("prometheus") { RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add($"--config.file={configuration}");
        start.ArgumentList.Add($"--storage.tsdb.path={Path.Combine(_directory.Path, "data")}");
        start.ArgumentList.Add($"--web.listen-address={_client.BaseAddress!.Authority}");
        _process = Process.Start(start)!;
        _ = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Where it answers.</summary>
    public Uri Address => _client.BaseAddress!;

    /// <summary>Starts one, and waits until it has scraped the target once.</summary>
    /// <param name="target">Whose <c>/metrics</c> it scrapes.</param>
    /// <param name="rules">Path of the alerts that it watches; null for none.</param>
    public static async Task<OwnPrometheus> StartAsync(Uri target, string? rules = null)
    {
        var prometheus = new OwnPrometheus(target, rules);
        await prometheus.ScrapesAsync();
        return prometheus;
    }

    /// <summary>Waits until the target has been scraped after now.</summary>
    /// <param name="isUp">Whether the target is expected to answer.</param>
    public async Task ScrapesAsync(bool isUp = true)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                try
                {
                    return await ValueAsync($"timestamp(up == {(isUp ? 1 : 0)})") > now;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            Soon,
            "Prometheus scrapes the product");
    }

    /// <summary>The sum of what the expression gives; null when it gives nothing.</summary>
    public async Task<double?> ValueAsync(string expression)
    {
        var series = await SeriesAsync(expression);
        return series.Count == 0 ? null : series.Sum(each => each.Value);
    }

    /// <summary>Labels and value of each series that the expression gives.</summary>
    public async Task<IReadOnlyList<(JsonElement Labels, double Value)>> SeriesAsync(string expression)
    {
        var answer = await _client.GetFromJsonAsync<JsonElement>($"/api/v1/query?query={Uri.EscapeDataString(expression)}");
        return
        [
            .. answer.GetProperty("data").GetProperty("result").EnumerateArray()
                .Select(each => (each.GetProperty("metric"), double.Parse(each.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture))),
        ];
    }

    /// <summary>The alerts that it watches.</summary>
    public async Task<IReadOnlyList<AlertRule>> RulesAsync()
    {
        var answer = await _client.GetFromJsonAsync<JsonElement>("/api/v1/rules");
        return
        [
            .. answer.GetProperty("data").GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray())
                .Select(rule => new AlertRule(
                    rule.GetProperty("name").GetString()!,
                    rule.GetProperty("health").GetString()!,
                    rule.GetProperty("state").GetString()!,
                    rule.GetProperty("lastEvaluation").GetDateTimeOffset())),
        ];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
        _directory.Dispose();
    }

    /// <summary>How an alert stands: its health is <c>ok</c> when it could be evaluated, its state <c>inactive</c> when it doesn't fire.</summary>
    public sealed record AlertRule(string Name, string Health, string State, DateTimeOffset EvaluatedAt);
}
