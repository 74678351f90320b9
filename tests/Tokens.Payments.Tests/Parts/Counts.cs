using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Tokens.Payments.Tests.Parts;

/// <summary>What one host's counters have counted since this was made.</summary>
internal sealed class Counts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string Name, string Tags), long> _counts = new();

    public Counts(IServiceProvider host)
    {
        var meters = host.GetRequiredService<IMeterFactory>();
        // The counters are made at their first use, which is now.
        host.GetRequiredService<PaymentsMetrics>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == PaymentsMetrics.MeterName && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            var pairs = tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal);
            _counts.AddOrUpdate((instrument.Name, string.Join(',', pairs)), count, (_, before) => before + count);
        });
        _listener.Start();
    }

    /// <summary>One line a combination of tags, in order.</summary>
    public string[] Of(string name) =>
    [
        .. _counts.Where(count => count.Key.Name == name).Select(count => $"{count.Key.Tags}: {count.Value}").Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _listener.Dispose();
}
