using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tokens.Host.Tests.Redaction;

/// <summary>Keeps every tag of every measurement and span of this process.</summary>
internal sealed class TagRecorder : IDisposable
{
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _spans;
    private readonly ConcurrentDictionary<string, bool> _tags = new();

    internal TagRecorder()
    {
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument.Name, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Keep(instrument.Name, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument.Name, tags));
        _meters.Start();
        _spans = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => Keep(span.DisplayName, [.. span.TagObjects]),
        };
        ActivitySource.AddActivityListener(_spans);
    }

    internal IEnumerable<string> Tags => _tags.Keys;

    public void Dispose()
    {
        _meters.Dispose();
        _spans.Dispose();
    }

    private void Keep(string name, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (key, value) in tags)
        {
            _tags.TryAdd($"{name} {key}={value}", true);
        }
    }
}
