using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tokens.Platform.Telemetry;

/// <summary>Reads the modules' figures now and then, each module for itself, and tells the last ones to whoever collects.</summary>
internal sealed partial class FigurePolling : BackgroundService
{
    private readonly List<IFigureReader> _readers;
    private readonly TimeSpan _pause;
    private readonly TimeProvider _time;
    private readonly ILogger<FigurePolling> _logger;

    // A value that isn't known any more stays as no number: a series that has been told once can't be taken back.
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<KeyValuePair<string, object?>, double>> _values = [];

    public FigurePolling(
        IEnumerable<IFigureReader> readers, IMeterFactory meters, IOptions<FigureOptions> options, TimeProvider time, ILogger<FigurePolling> logger)
    {
        (_readers, _pause, _time, _logger) = ([.. readers], TimeSpan.FromSeconds(options.Value.PauseSeconds), time, logger);
        foreach (var reader in _readers)
        {
            var meter = meters.Create(reader.MeterName);
            foreach (var figure in reader.Figures)
            {
                _values[figure.Name] = [];
                meter.CreateObservableGauge(figure.Name, () => Observe(figure.Name), figure.Unit, figure.Description);
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_readers.Select(reader => PollAsync(reader, stoppingToken)));

    private async Task PollAsync(IFigureReader reader, CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(_pause, _time);
        var isWell = true;
        do
        {
            try
            {
                Keep(reader, await reader.ReadAsync(stoppingToken));
                isWell = true;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Keep(reader, []);
                if (isWell)
                {
                    LogUnknown(_logger, fault, reader.MeterName);
                }

                isWell = false;
            }
        }
        while (await clock.WaitForNextTickAsync(stoppingToken));
    }

    private void Keep(IFigureReader reader, IReadOnlyList<FigureReading> readings)
    {
        foreach (var figure in reader.Figures)
        {
            var values = _values[figure.Name];
            var now = readings.Where(reading => reading.Name == figure.Name).ToDictionary(reading => reading.Tag ?? default, reading => reading.Value);
            foreach (var tag in values.Keys.Except(now.Keys))
            {
                values[tag] = double.NaN;
            }

            foreach (var (tag, value) in now)
            {
                values[tag] = value;
            }
        }
    }

    private IEnumerable<Measurement<double>> Observe(string figure) => _values[figure].Select(
        value => value.Key.Key is null ? new Measurement<double>(value.Value) : new Measurement<double>(value.Value, value.Key));

    [LoggerMessage(LogIds.FigurePollingUnknown, LogLevel.Warning, "The figures of {Meter} can't be read; they are unknown until they can")]
    private static partial void LogUnknown(ILogger logger, Exception fault, string meter);
}
