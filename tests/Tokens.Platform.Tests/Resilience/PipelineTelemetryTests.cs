using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly.Registry;
using Tokens.Platform.Resilience;
using Tokens.Platform.Storage;

namespace Tokens.Platform.Tests.Resilience;

public sealed class PipelineTelemetryTests : IDisposable
{
    // The meter is one for the process: other tests measure under it too, for other operations.
    private readonly string _operation = $"test.{Guid.NewGuid():N}";
    private readonly ConcurrentQueue<(string Instrument, Dictionary<string, object?> Tags)> _measured = new();
    private readonly Lines _log = new();
    private readonly MeterListener _listener = new();
    private readonly ServiceProvider _services;
    private readonly DatabasePipeline _database;

    public PipelineTelemetryTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Polly")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Note(instrument, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        _listener.Start();
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log))
            .AddSingleton(Options.Create(new DatabasePipelineOptions { RetriesMax = 2, RetryDelayMilliseconds = 1 }));
        services.AddFurtherPipeline<DatabasePipelineOptions>(DatabasePipeline.PipelineName, DatabasePipeline.Faults);
        _services = services.BuildServiceProvider();
        _database = new DatabasePipeline(_services.GetRequiredService<ResiliencePipelineProvider<string>>());
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task Retries_attempts_and_calls_are_measured_under_the_public_names()
    {
        await FailAsync();

        var events = Of("resilience.polly.strategy.events");
        events.Select(tags => tags["event.name"]).ShouldBe(["PipelineExecuting", "OnRetry", "OnRetry"]);
        var retries = events[1..];
        retries[0]["event.severity"].ShouldBe("Warning");
        retries[0]["pipeline.name"].ShouldBe("database");
        retries[0]["strategy.name"].ShouldBe("Retry");
        retries[0]["operation.key"].ShouldBe(_operation);
        retries[0]["exception.type"].ShouldBe("System.TimeoutException");
        Of("resilience.polly.strategy.attempt.duration").Select(tags => tags["attempt.number"]).ShouldBe([0, 1, 2]);
        Of("resilience.polly.pipeline.duration").Single()["operation.key"].ShouldBe(_operation);
    }

    [Fact]
    public async Task A_retry_is_a_log_line_with_its_context_and_without_the_faults_words()
    {
        await FailAsync();

        _log.All.Count.ShouldBe(2);
        _log.All.ShouldAllBe(line => line.StartsWith($"Warning: Pipeline database: OnRetry, {_operation}, attempt", StringComparison.Ordinal));
        _log.All.ShouldAllBe(line => !line.Contains("password"));
    }

    [Fact]
    public async Task An_opening_breaker_is_measured_and_logged()
    {
        for (var i = 0; i < 20; i++)
        {
            await FailAsync(new Npgsql.NpgsqlException("refused"));
        }

        Of("resilience.polly.strategy.events").ShouldContain(tags => (string?)tags["event.name"] == "OnCircuitOpened");
        _log.All.ShouldContain(line => line.Contains("OnCircuitOpened"));
    }

    private Task<Exception> FailAsync(Exception? fault = null) => Should.ThrowAsync<Exception>(() => _database.RunAsync(
        _operation, _ => Task.FromException<int>(fault ?? new TimeoutException("password=hunter2")), CancellationToken.None));

    private List<Dictionary<string, object?>> Of(string instrument) =>
        [.. _measured.Where(each => each.Instrument == instrument && (string?)each.Tags["operation.key"] == _operation).Select(each => each.Tags)];

    private void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue((instrument.Name, tags.ToArray().DistinctBy(tag => tag.Key).ToDictionary()));

    private sealed class Lines : ILogger, ILoggerProvider
    {
        internal ConcurrentQueue<string> All { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
