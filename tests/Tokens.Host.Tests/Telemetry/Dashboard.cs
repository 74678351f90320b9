using System.Text.Json;
using Tokens.Testing;

namespace Tokens.Host.Tests.Telemetry;

/// <summary>The dashboard of <c>deploy/grafana</c>, its variables replaced.</summary>
internal static class Dashboard
{
    internal static async Task<List<Panel>> ReadAsync(string rateInterval)
    {
        var dashboard = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Repository.Path("deploy/grafana/tokens.json")));
        return [.. dashboard.GetProperty("panels").EnumerateArray().Select(panel => PanelOf(panel, rateInterval))];
    }

    private static Panel PanelOf(JsonElement panel, string rateInterval)
    {
        var place = panel.GetProperty("gridPos");
        return new Panel(
            panel.GetProperty("title").GetString()!,
            panel.GetProperty("type").GetString()!,
            place.GetProperty("x").GetInt32(),
            place.GetProperty("y").GetInt32(),
            place.GetProperty("w").GetInt32(),
            place.GetProperty("h").GetInt32(),
            panel.TryGetProperty("fieldConfig", out var fields) ? fields.GetProperty("defaults").GetProperty("unit").GetString() : null,
            panel.TryGetProperty("targets", out var targets) ? [.. targets.EnumerateArray().Select(target => TargetOf(target, rateInterval))] : []);
    }

    private static Target TargetOf(JsonElement target, string rateInterval) => new(
        target.GetProperty("expr").GetString()!
            .Replace("$__rate_interval", rateInterval, StringComparison.Ordinal)
            .Replace("$job", ".*", StringComparison.Ordinal)
            .Replace("$instance", ".*", StringComparison.Ordinal),
        target.GetProperty("legendFormat").GetString()!);

    /// <summary>One panel in a grid of 24 columns; a row has no targets.</summary>
    internal sealed record Panel(string Title, string Type, int X, int Y, int W, int H, string? Unit, IReadOnlyList<Target> Targets);

    /// <summary>A query, and how its series are called.</summary>
    internal sealed record Target(string Query, string Legend);
}
