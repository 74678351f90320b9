using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Tokens.Host.Roles;

namespace Tokens.Host.Telemetry;

/// <summary>
/// What this process tells about itself, all its roles together: metrics to whoever asks for them, and everything to the receiver of
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> when there is one; but no metrics with <c>OTEL_METRICS_EXPORTER=none</c>.
/// </summary>
internal sealed class ProcessTelemetry : IDisposable
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MetricsOtlp = "OTEL_METRICS_EXPORTER";

    private readonly OpenTelemetrySdk _metrics;
    private readonly OpenTelemetrySdk? _tracesAndLogs;
    private readonly Meter _build;

    private ProcessTelemetry(OpenTelemetrySdk metrics, OpenTelemetrySdk? tracesAndLogs, Meter build) =>
        (_metrics, _tracesAndLogs, _build) = (metrics, tracesAndLogs, build);

    /// <summary>Has the messages of an application exported too, when there is somebody to take them.</summary>
    internal void Follow(ILoggingBuilder logs)
    {
        if (_tracesAndLogs is not null)
        {
            logs.AddProvider(new ForwardedLogs(_tracesAndLogs.GetLoggerFactory()));
        }
    }

    /// <summary>Begins to listen; what has been measured before is not counted.</summary>
    internal static ProcessTelemetry Start(IConfiguration configuration, HostSettings settings, MetricsExporter exporter)
    {
        var options = TelemetryOptions.Read(configuration);
        var build = BuildInformation.Tell();
        var isExported = !string.IsNullOrWhiteSpace(configuration[OtlpEndpoint]);

        // Two, because every export of an SDK goes to its receiver, and metrics needn't: a second reader counts everything a second time.
        var metrics = OpenTelemetrySdk.Create(telemetry =>
        {
            Describe(telemetry);
            if (options.Metrics)
            {
                telemetry.WithMetrics(provider => Measure(provider, exporter, options));
            }

            if (isExported && !string.Equals(configuration[MetricsOtlp], "none", StringComparison.OrdinalIgnoreCase))
            {
                telemetry.UseOtlpExporter();
            }
        });
        var tracesAndLogs = !isExported ? null : OpenTelemetrySdk.Create(telemetry =>
        {
            Describe(telemetry);
            telemetry.WithTracing(Trace).WithLogging().UseOtlpExporter();
        });
        return new ProcessTelemetry(metrics, tracesAndLogs, build);

        void Describe(IOpenTelemetryBuilder telemetry)
        {
            telemetry.Services.AddSingleton(configuration);
            telemetry.ConfigureResource(resource => BuildInformation.Describe(resource, settings));
        }
    }

    /// <summary>Sends what is left, and ends.</summary>
    public void Dispose()
    {
        _tracesAndLogs?.Dispose();
        _metrics.Dispose();
        _build.Dispose();
    }

    private static void Measure(MeterProviderBuilder metrics, MetricsExporter exporter, TelemetryOptions options) => metrics
        .AddMeter([.. TelemetrySources.Meters])
        .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = options.TagSetsMax })
        .SetExemplarFilter(ExemplarFilterType.TraceBased)
        .AddReader(new BaseExportingMetricReader(exporter));

    private static void Trace(TracerProviderBuilder tracing) => tracing
        .AddSource([.. TelemetrySources.Traces])
        .AddProcessor(new ForwardedPaths());
}
