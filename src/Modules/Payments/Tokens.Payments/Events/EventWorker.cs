using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Payments.Parking;
using Tokens.Payments.Settlement;
using Tokens.Platform.Time;
using Tokens.Platform.Work;

namespace Tokens.Payments.Events;

/// <summary>
/// Applies stored events, several at once: at once when it is woken, and on its rounds what other hosts have left. An event that
/// fails is put off by itself, and stops no other one.
/// </summary>
internal sealed partial class EventWorker(
    EventLeases leases,
    EventEffect effect,
    PaymentsMetrics metrics,
    FailPoints failPoints,
    IOptions<WebhookOptions> options,
    TimeProvider time,
    ILogger<EventWorker> logger) : BackgroundService
{
    // One call waiting is enough for any number of events: a round takes all that are due.
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private WebhookOptions Options => options.Value;

    /// <summary>Says that an event may be due.</summary>
    internal void Wake() => _calls.Writer.TryWrite(true);

    /// <summary>Takes no more events, and ends when those taken have found their end.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _calls.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        leases.Start();
        var poll = TimeSpan.FromMilliseconds(Options.PollMilliseconds);
        await using (time.CreateTimer(_ => Wake(), null, TimeSpan.Zero, poll))
        {
            var several = new ParallelOptions { MaxDegreeOfParallelism = Options.WorkersMax };
            await Parallel.ForEachAsync(TakeAsync(stoppingToken), several, async (taken, _) => await HandleAsync(taken));
        }

        await leases.StopAsync(CancellationToken.None);
    }

    private async IAsyncEnumerable<StripeEvent> TakeAsync([EnumeratorCancellation] CancellationToken stoppingToken)
    {
        await foreach (var _ in _calls.Reader.ReadAllAsync(CancellationToken.None))
        {
            IReadOnlyList<StripeEvent> lot;
            do
            {
                lot = stoppingToken.IsCancellationRequested ? [] : await TakeLotAsync();
                foreach (var taken in lot)
                {
                    yield return taken;
                }
            }
            while (lot.Count == Options.LotSizeMax);

            // A round costs the database the same for one event as for many.
            await Task.Delay(TimeSpan.FromMilliseconds(Options.RoundPauseMilliseconds), time, CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<StripeEvent>> TakeLotAsync()
    {
        try
        {
            return await leases.TakeAsync(CancellationToken.None);
        }
        catch (Exception fault)
        {
            LogNotTaken(logger, fault);
            return [];
        }
    }

    private async Task HandleAsync(StripeEvent taken)
    {
        var lease = taken.NextAttemptAt!.Value;
        var left = lease - time.UtcNow();
        if (left <= TimeSpan.Zero)
        {
            // It waited for a worker for so long that it is due again.
            return;
        }

        using var span = PaymentsSpans.Apply(taken);
        try
        {
            // After the clock was set back, the lease seems to be longer than it was taken for.
            using var deadline = new CancellationTokenSource(left < Options.Lease ? left : Options.Lease, time);
            await effect.ApplyAsync(taken, deadline.Token);
            failPoints.Reach(PaymentsFailPoint.EventApplied);
        }
        catch (Exception fault) when (PassingFaults.Covers(fault))
        {
            LogPutOff(logger, fault, taken.Id);
            taken.Postpone(time.UtcNow() + TimeSpan.FromMilliseconds(Options.AwayPauseMilliseconds));
        }
        catch (Exception fault)
        {
            CountFailure(taken, fault);
        }

        await EndAsync(taken, lease);
    }

    private void CountFailure(StripeEvent taken, Exception fault)
    {
        taken.CountFailure();
        Activity.Current?.SetStatus(ActivityStatusCode.Error, fault.GetType().Name);
        LogFailed(logger, fault, taken.Id, taken.Failures);
        if (taken.Failures < Options.FailuresMax)
        {
            taken.Postpone(time.UtcNow() + Options.PauseAfter(taken.Failures));
        }
        else
        {
            taken.Park(ParkedReason.KeepsFailing);
        }
    }

    private async Task EndAsync(StripeEvent taken, DateTime lease)
    {
        try
        {
            await leases.EndAsync(taken, lease);
            if (taken.Status != StripeEventStatus.Pending)
            {
                metrics.RecordEventEnd(taken, time.UtcNow());
            }

            if (taken.ParkedReason is { } reason)
            {
                LogParked(logger, taken.Id, taken.PurchaseId, reason);
                metrics.CountParked(ParkedKind.StripeEvent, reason);
            }
        }
        catch (Exception fault)
        {
            // Its effect happens once however often it is applied.
            LogNotEnded(logger, fault, taken.Id);
        }
    }

    [LoggerMessage(LogIds.EventWorkerNotTaken, LogLevel.Warning, "Due events could not be taken; the next round tries again")]
    private static partial void LogNotTaken(ILogger logger, Exception fault);

    [LoggerMessage(LogIds.EventWorkerPutOff, LogLevel.Warning, "Event {EventId} is put off: what it needs is away")]
    private static partial void LogPutOff(ILogger logger, Exception fault, string eventId);

    [LoggerMessage(LogIds.EventWorkerFailed, LogLevel.Warning, "Event {EventId} failed for the {Failures}. time")]
    private static partial void LogFailed(ILogger logger, Exception fault, string eventId, int failures);

    [LoggerMessage(LogIds.EventWorkerParked, LogLevel.Error, "Event {EventId} about purchase {PurchaseId} is parked: {Reason}")]
    private static partial void LogParked(ILogger logger, string eventId, Guid purchaseId, string reason);

    [LoggerMessage(LogIds.EventWorkerNotEnded, LogLevel.Warning, "How event {EventId} ended could not be stored; it is applied again when its lease ends")]
    private static partial void LogNotEnded(ILogger logger, Exception fault, string eventId);
}
