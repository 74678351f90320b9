using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace Tokens.Host.Telemetry;

/// <summary>Writes what was collected as Prometheus reads it: each family's help and type once, then its samples.</summary>
internal sealed class MetricsText(MetricsFormat format)
{
    private readonly StringBuilder _text = new();

    private bool IsOpen => format == MetricsFormat.OpenMetrics;

    internal static string Write(
        MetricsFormat format, IEnumerable<KeyValuePair<string, object>> resource, IReadOnlyList<Metric> metrics)
    {
        var writer = new MetricsText(format);
        writer.WriteTarget(resource);
        // Two meters may have an instrument of one name: they are one family, told apart by the label of their scope.
        foreach (var family in metrics.GroupBy(metric => MetricNames.Family(metric.Name, metric.Unit), StringComparer.Ordinal))
        {
            writer.WriteFamily(family.Key, [.. family]);
        }

        if (writer.IsOpen)
        {
            writer._text.Append("# EOF\n");
        }

        return writer._text.ToString();
    }

    private void WriteTarget(IEnumerable<KeyValuePair<string, object>> resource)
    {
        _text.Append(IsOpen ? "# TYPE target info\n# HELP target Target metadata\n" : "# TYPE target_info gauge\n# HELP target_info Target metadata\n");
        var labels = new MetricLabels();
        foreach (var (name, value) in resource)
        {
            labels.Add(name, value);
        }

        WriteSample("target_info", labels.Text, 1);
        _text.Append('\n');
    }

    private void WriteFamily(string name, List<Metric> metrics)
    {
        var kind = KindOf(metrics[0]);
        var header = kind == "counter" && !IsOpen ? name + "_total" : name;
        _text.Append("# TYPE ").Append(header).Append(' ').Append(kind).Append('\n');
        if (IsOpen && MetricNames.UnitOf(metrics[0].Unit) is { Length: > 0 } unit)
        {
            _text.Append("# UNIT ").Append(name).Append(' ').Append(unit).Append('\n');
        }

        if (metrics[0].Description is { Length: > 0 } help)
        {
            _text.Append("# HELP ").Append(header).Append(' ').Append(Escape(help)).Append('\n');
        }

        foreach (var metric in metrics.Where(metric => KindOf(metric) == kind))
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                WritePoint(name, metric, point);
            }
        }
    }

    private void WritePoint(string name, Metric metric, in MetricPoint point)
    {
        var labels = new MetricLabels();
        labels.Add("otel.scope.name", metric.MeterName);
        foreach (var (tag, value) in point.Tags)
        {
            labels.Add(tag, value);
        }

        switch (metric.MetricType)
        {
            case MetricType.Histogram:
                WriteHistogram(name, labels, point);
                break;
            case MetricType.LongSum or MetricType.DoubleSum:
                WriteSample(name + "_total", labels.Text, metric.MetricType == MetricType.LongSum ? point.GetSumLong() : point.GetSumDouble());
                WriteExemplar(point, after: double.NegativeInfinity, upTo: double.PositiveInfinity, metric.MetricType == MetricType.LongSum);
                _text.Append('\n');
                break;
            default:
                WriteSample(name, labels.Text, ValueOf(metric.MetricType, point));
                _text.Append('\n');
                break;
        }
    }

    private void WriteHistogram(string name, MetricLabels labels, in MetricPoint point)
    {
        long count = 0;
        var before = double.NegativeInfinity;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            WriteSample(name + "_bucket", labels.With("le", Bound(bucket.ExplicitBound)), count);
            WriteExemplar(point, before, bucket.ExplicitBound, isLong: false);
            _text.Append('\n');
            before = bucket.ExplicitBound;
        }

        WriteSample(name + "_sum", labels.Text, point.GetHistogramSum());
        _text.Append('\n');
        WriteSample(name + "_count", labels.Text, point.GetHistogramCount());
        _text.Append('\n');
    }

    private void WriteSample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(Number(value));
    }

    // The newest of those that fell between the bounds: by its trace one finds a request that took so long.
    private void WriteExemplar(in MetricPoint point, double after, double upTo, bool isLong)
    {
        if (!IsOpen || !point.TryGetExemplars(out var exemplars))
        {
            return;
        }

        Exemplar? newest = null;
        foreach (ref readonly var exemplar in exemplars)
        {
            var value = isLong ? exemplar.LongValue : exemplar.DoubleValue;
            if (value > after && value <= upTo && exemplar.TraceId != default && !(newest?.Timestamp >= exemplar.Timestamp))
            {
                newest = exemplar;
            }
        }

        if (newest is { } shown)
        {
            _text.Append(CultureInfo.InvariantCulture, $" # {{trace_id=\"{shown.TraceId}\",span_id=\"{shown.SpanId}\"}} ")
                .Append(Number(isLong ? shown.LongValue : shown.DoubleValue))
                .Append(CultureInfo.InvariantCulture, $" {shown.Timestamp.ToUnixTimeMilliseconds() / 1000.0:0.000}");
        }
    }

    private static string KindOf(Metric metric) => metric.MetricType switch
    {
        MetricType.Histogram => "histogram",
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        _ => "gauge",
    };

    private static double ValueOf(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
        MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        _ => throw new InvalidOperationException($"{type} has no place in Prometheus text."),
    };

    // OpenMetrics wants a bound to be the same text however it was computed.
    private string Bound(double bound) => IsOpen && double.IsInteger(bound) ? Number(bound) + ".0" : Number(bound);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    private string Escape(string help)
    {
        var escaped = help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        return IsOpen ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
