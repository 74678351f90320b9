using OpenTelemetry;
using OpenTelemetry.Metrics;
using Tokens.Host.Roles;

namespace Tokens.Host.Telemetry;

/// <summary>Collects when somebody asks, for one at a time.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class MetricsExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock _collecting = new();
    private readonly SharedRead<string> _text;
    private readonly SharedRead<string> _openMetrics;
    private Action<IReadOnlyList<Metric>> _read = static _ => { };

    internal MetricsExporter()
    {
        _text = new SharedRead<string>(() => Task.FromResult(Scrape(MetricsFormat.Text)));
        _openMetrics = new SharedRead<string>(() => Task.FromResult(Scrape(MetricsFormat.OpenMetrics)));
    }

    /// <summary>Set by the reader, which runs <see cref="Export"/> in it.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>Whether anything is measured.</summary>
    internal bool IsOn => Collect is not null;

    /// <summary>Collects once for all who ask at the same time, so that many of them hold no thread each.</summary>
    /// <exception cref="InvalidOperationException">The metrics could not be collected.</exception>
    internal Task<string> ScrapeAsync(MetricsFormat format, CancellationToken cancellationToken) =>
        (format == MetricsFormat.OpenMetrics ? _openMetrics : _text).ReadAsync(cancellationToken);

    /// <summary>Collects, and reads what came; nothing of it may be kept.</summary>
    /// <exception cref="InvalidOperationException">The metrics could not be collected.</exception>
    internal T Read<T>(Func<IReadOnlyList<Metric>, T> read)
    {
        lock (_collecting)
        {
            var result = default(T);
            _read = metrics => result = read(metrics);
            return Collect?.Invoke(Timeout.Infinite) == true ? result! : throw new InvalidOperationException("The metrics could not be collected.");
        }
    }

    private string Scrape(MetricsFormat format) =>
        Read(metrics => MetricsText.Write(format, ParentProvider.GetResource().Attributes, metrics));

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var metrics = new List<Metric>((int)batch.Count);
        foreach (var metric in batch)
        {
            metrics.Add(metric);
        }

        _read(metrics);
        return ExportResult.Success;
    }
}
