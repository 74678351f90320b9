using Microsoft.Extensions.Options;
using Tokens.Host.Telemetry;
using Tokens.Platform.Time;

namespace Tokens.Host.Ops.Signals;

/// <summary>Samples the signals and keeps the newest, in memory and bounded.</summary>
internal sealed partial class SignalHistory(
    MetricsExporter exporter, IOptions<OpsOptions> options, TimeProvider time, ILogger<SignalHistory> logger) : BackgroundService
{
    private readonly Lock _lock = new();
    private readonly Queue<double?[]> _samples = new();

    private int SamplesMax => options.Value.HistoryMinutes * 60 / options.Value.SampleSeconds;

    /// <summary>The values of each signal, the oldest first.</summary>
    internal IReadOnlyList<SignalValues> Read()
    {
        lock (_lock)
        {
            return
            [
                .. SignalList.All.Select((signal, i) => new SignalValues(
                    signal.Group, signal.Title, signal.Unit, [.. _samples.Select(sample => sample[i])])),
            ];
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!exporter.IsOn)
        {
            return;
        }

        // Collecting takes a lock and asks every instrument: not on the thread that starts the host.
        await Task.Yield();
        var before = Take();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.SampleSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Take() is not { } now)
            {
                continue;
            }

            if (before is not null)
            {
                Add([.. SignalList.All.Select(signal => Finite(signal.Value(before, now)))]);
            }

            before = now;
        }
    }

    private Reading? Take()
    {
        try
        {
            return exporter.Read(metrics => Reading.Of(metrics, SignalList.Instruments, time.UtcNow()));
        }
        catch (InvalidOperationException fault)
        {
            LogMissed(logger, fault);
            return null;
        }
    }

    private void Add(double?[] sample)
    {
        lock (_lock)
        {
            while (_samples.Count >= SamplesMax)
            {
                _samples.Dequeue();
            }

            _samples.Enqueue(sample);
        }
    }

    private static double? Finite(double? value) => value is { } known && double.IsFinite(known) ? Math.Round(known, 3) : null;

    [LoggerMessage(LogIds.SignalHistoryMissed, LogLevel.Warning, "The metrics could not be read for the page of operations; the next sample tries again")]
    private static partial void LogMissed(ILogger logger, Exception fault);
}

/// <summary>A signal's values.</summary>
internal sealed record SignalValues(string Group, string Title, string Unit, IReadOnlyList<double?> Values);
