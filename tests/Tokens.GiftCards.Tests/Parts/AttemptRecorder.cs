using System.Diagnostics.Metrics;

namespace Tokens.GiftCards.Tests.Parts;

/// <summary>Keeps what one host measures of attempts to redeem.</summary>
internal sealed class AttemptRecorder : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<string?> _results = [];

    internal AttemptRecorder(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == GiftCardsMetrics.AttemptsName && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (_results)
            {
                _results.Add(tags.ToArray().ShouldHaveSingleItem().Value as string);
            }
        });
        _listener.Start();
    }

    internal IReadOnlyList<string?> Results
    {
        get
        {
            lock (_results)
            {
                return [.. _results];
            }
        }
    }

    public void Dispose() => _listener.Dispose();
}
