namespace Tokens.Host.Telemetry;

/// <summary>In which of its two formats Prometheus is answered.</summary>
internal enum MetricsFormat
{
    /// <summary>Prometheus text 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0.0, which has units and exemplars.</summary>
    OpenMetrics,
}
