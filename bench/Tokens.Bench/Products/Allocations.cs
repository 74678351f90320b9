using System.Globalization;

namespace Tokens.Bench.Products;

/// <summary>How much a product has allocated on its heap since it started, as its own metrics say.</summary>
internal sealed class Allocations(Uri operations) : IDisposable
{
    private const string Metric = "dotnet_gc_heap_total_allocated_bytes_total";

    private readonly HttpClient _client = new() { BaseAddress = operations };

    internal async Task<double> ReadAsync(CancellationToken cancellationToken) =>
        Parse(await _client.GetStringAsync("/metrics", cancellationToken));

    /// <exception cref="FormatException">The metric isn't among them.</exception>
    internal static double Parse(string metrics) =>
        metrics.Split('\n').FirstOrDefault(line => line.StartsWith(Metric, StringComparison.Ordinal)) is { } line
            ? double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)
            : throw new FormatException($"The product's metrics have no {Metric}.");

    public void Dispose() => _client.Dispose();
}
