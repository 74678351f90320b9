using System.Diagnostics;
using Tokens.Platform.Telemetry;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Outbox;

/// <summary>
/// The spans of telling a subscriber of some commits: one in the trace of each commit that is traced, so that each trace goes on to its
/// end. What is done meanwhile is below the first, and the others are linked to it.
/// </summary>
internal sealed class DeliverySpans : IDisposable
{
    private readonly List<Activity> _spans = [];

    private DeliverySpans()
    {
    }

    internal static DeliverySpans Start(string subscriber, IReadOnlyList<OutboxDeliveryRow> rows)
    {
        var spans = new DeliverySpans();
        if (!WalletSpans.Source.HasListeners())
        {
            return spans;
        }

        foreach (var commit in rows.Select(row => TraceParent.Parse(row.TraceParent)).Where(commit => commit != default))
        {
            spans.Add(subscriber, commit);
        }

        Activity.Current = spans._spans.FirstOrDefault();
        return spans;
    }

    /// <summary>The last first: so the current one is put back to what it was.</summary>
    public void Dispose()
    {
        for (var i = _spans.Count - 1; i >= 0; i--)
        {
            _spans[i].Dispose();
        }
    }

    internal void Fail(OutboxDeliveryRow row, Exception fault) =>
        _spans.Find(span => span.ParentId == row.TraceParent)?.SetStatus(ActivityStatusCode.Error, fault.GetType().Name);

    private void Add(string subscriber, ActivityContext commit)
    {
        var links = _spans.Count == 0 ? null : new[] { new ActivityLink(_spans[0].Context) };
        if (WalletSpans.Source.StartActivity("outbox.deliver", ActivityKind.Consumer, commit, tags: null, links) is { } span)
        {
            _spans.Add(span.SetTag("tokens.wallet.subscriber", subscriber));
        }
    }
}
