using OpenTelemetry.Metrics;

namespace Tokens.Host.Ops.Signals;

/// <summary>What the instruments of some names said at one moment.</summary>
internal sealed class Reading
{
    private readonly ILookup<string, Series> _series;

    private Reading(DateTime at, IEnumerable<Series> series) => (At, _series) = (at, series.ToLookup(one => one.Name, StringComparer.Ordinal));

    internal DateTime At { get; }

    internal static Reading Of(IEnumerable<Metric> metrics, IReadOnlySet<string> names, DateTime at)
    {
        var series = new List<Series>();
        foreach (var metric in metrics.Where(metric => names.Contains(metric.Name)))
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                series.Add(Series.Of(metric, point));
            }
        }

        return new Reading(at, series);
    }

    /// <summary>The sum of all series that have the tag; null when there is none.</summary>
    internal double? Sum(string name, string? tag = null, Func<string, bool>? isWanted = null) =>
        Values(name, tag, isWanted) is { Count: > 0 } values ? values.Sum() : null;

    /// <summary>The largest of all series; null when there is none.</summary>
    internal double? Max(string name) => Values(name, tag: null, isWanted: null) is { Count: > 0 } values ? values.Max() : null;

    /// <summary>How many fell up to each bound, all series together.</summary>
    internal IReadOnlyDictionary<double, long> Buckets(string name) => _series[name].SelectMany(one => one.Buckets)
        .GroupBy(bucket => bucket.Bound)
        .ToDictionary(bound => bound.Key, bound => bound.Sum(bucket => bucket.Count));

    private List<double> Values(string name, string? tag, Func<string, bool>? isWanted) =>
    [
        .. _series[name].Where(one => tag is null || (one.Tag(tag) is { } value && isWanted!(value)))
            .Select(one => one.Value).Where(double.IsFinite),
    ];

    /// <summary>One set of tags of an instrument.</summary>
    /// <param name="Name">The instrument's.</param>
    /// <param name="Tags">Its tags.</param>
    /// <param name="Value">A sum, a gauge's last value, or how many a histogram has counted.</param>
    /// <param name="Buckets">A histogram's, each on its own.</param>
    private sealed record Series(
        string Name, IReadOnlyList<KeyValuePair<string, object?>> Tags, double Value, IReadOnlyList<(double Bound, long Count)> Buckets)
    {
        internal static Series Of(Metric metric, in MetricPoint point)
        {
            var tags = new List<KeyValuePair<string, object?>>();
            foreach (var tag in point.Tags)
            {
                tags.Add(tag);
            }

            var buckets = new List<(double, long)>();
            if (metric.MetricType == MetricType.Histogram)
            {
                foreach (var bucket in point.GetHistogramBuckets())
                {
                    buckets.Add((bucket.ExplicitBound, bucket.BucketCount));
                }
            }

            return new Series(metric.Name, tags, ValueOf(metric.MetricType, point), buckets);
        }

        internal string? Tag(string name) => Tags.FirstOrDefault(tag => tag.Key == name).Value?.ToString();

        private static double ValueOf(MetricType type, in MetricPoint point) => type switch
        {
            MetricType.Histogram => point.GetHistogramCount(),
            MetricType.LongGauge => point.GetGaugeLastValueLong(),
            MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
            MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
            _ => point.GetSumDouble(),
        };
    }
}
