using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Reports;

/// <summary>Prints a report and keeps it, with all figures beside it.</summary>
internal static class Results
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // A case that failed makes ratios that are none.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static async Task KeepAsync(Servers servers, string verb, string report, object figures, CancellationToken cancellationToken)
    {
        Console.WriteLine(report);
        Directory.CreateDirectory(servers.ResultsDirectory);
        var name = $"{verb}-{TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        var path = Path.Combine(servers.ResultsDirectory, name);
        await File.WriteAllTextAsync(path + ".md", report, cancellationToken);
        await File.WriteAllTextAsync(path + ".json", JsonSerializer.Serialize(figures, Json), cancellationToken);
        Console.Error.WriteLine($"Kept as {path}.md and .json.");
    }
}
