using System.Diagnostics.Metrics;

namespace Tokens.Analytics;

/// <summary>The meter <c>Tokens.Analytics</c>; no tag carries an id.</summary>
internal sealed class AnalyticsMetrics
{
    internal const string MeterName = "Tokens.Analytics";
    internal const string LagName = "tokens.analytics.lag";

    private static readonly KeyValuePair<string, object?> Counted = new("result", "counted");
    private static readonly KeyValuePair<string, object?> Repeated = new("result", "repeated");

    private readonly Counter<long> _batches;
    private readonly Histogram<double> _lag;

    public AnalyticsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _batches = meter.CreateCounter<long>("tokens.analytics.batches", "{batch}", "Batches of transfers, by whether they were counted or repeated.");
        _lag = meter.CreateHistogram(
            LagName,
            "s",
            "From a transfer's posting to its count.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300] });
    }

    internal void CountBatches(int counted, int repeated)
    {
        _batches.Add(counted, Counted);
        _batches.Add(repeated, Repeated);
    }

    internal void RecordLag(TimeSpan lag) => _lag.Record(Math.Max(0, lag.TotalSeconds));
}
