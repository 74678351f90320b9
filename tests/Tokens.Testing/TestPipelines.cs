using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tokens.Platform.Resilience;
using Tokens.Platform.Storage;

namespace Tokens.Testing;

/// <summary>Resilience pipelines for tests of what stands on them, without a host.</summary>
public static class TestPipelines
{
    /// <summary>Builds pipelines that measure into a meter of their own.</summary>
    /// <param name="time">Times their waiting; the system's time unless given.</param>
    public static Pipelines Create(TimeProvider? time = null)
    {
        var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        return new Pipelines(
            new PipelineTelemetry(services.GetRequiredService<IMeterFactory>(), NullLogger<PipelineTelemetry>.Instance),
            time ?? TimeProvider.System);
    }

    /// <summary>The pipeline <c>database</c>, whose repeats come after a millisecond or two.</summary>
    /// <param name="retriesMax">Times that work is repeated.</param>
    /// <param name="time">Times its waiting; the system's time unless given.</param>
    public static DatabasePipeline QuickDatabase(int retriesMax = 3, TimeProvider? time = null) => new(
        Options.Create(new DatabasePipelineOptions { RetriesMax = retriesMax, RetryDelayMilliseconds = 1 }), Create(time));
}
