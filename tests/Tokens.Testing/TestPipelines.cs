using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Polly.Registry;
using Tokens.Platform.Resilience;
using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Writes;

namespace Tokens.Testing;

/// <summary>Resilience pipelines for tests of what stands on them, without a host.</summary>
public static class TestPipelines
{
    /// <summary>Registers pipelines as a host does, under given options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="time">Times their waiting; the system's time unless given.</param>
    /// <param name="pipelines">Names, and what faults mean.</param>
    public static ResiliencePipelineProvider<string> Create<TOptions>(
        TOptions options, TimeProvider? time, params (string Name, PipelineFaults Faults)[] pipelines)
        where TOptions : PipelineOptions
    {
        ArgumentNullException.ThrowIfNull(pipelines);
        var services = new ServiceCollection().AddLogging().AddSingleton(time ?? TimeProvider.System).AddSingleton(Options.Create(options));
        foreach (var (name, faults) in pipelines)
        {
            services.AddFurtherPipeline<TOptions>(name, faults);
        }

        return services.BuildServiceProvider().GetRequiredService<ResiliencePipelineProvider<string>>();
    }

    /// <summary>Returns the pipeline <c>database</c> under given options.</summary>
    public static DatabasePipeline Database(DatabasePipelineOptions options, TimeProvider? time = null, DatabaseWrites? writes = null) =>
        new(Create(options, time, (DatabasePipeline.PipelineName, DatabasePipeline.Faults)), writes);

    /// <summary>The pipeline <c>database</c>, whose repeats come after a millisecond or two.</summary>
    /// <param name="retriesMax">Times that work is repeated.</param>
    /// <param name="time">Times its waiting; the system's time unless given.</param>
    public static DatabasePipeline QuickDatabase(int retriesMax = 3, TimeProvider? time = null) =>
        Database(new DatabasePipelineOptions { RetriesMax = retriesMax, RetryDelayMilliseconds = 1 }, time);
}
