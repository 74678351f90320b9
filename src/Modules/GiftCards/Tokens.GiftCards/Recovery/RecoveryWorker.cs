using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Gifts;
using Tokens.GiftCards.MovingIn;
using Tokens.GiftCards.Parking;
using Tokens.GiftCards.Postings;
using Tokens.GiftCards.Redemptions;
using Tokens.Platform.Time;
using Tokens.Platform.Work;

namespace Tokens.GiftCards.Recovery;

/// <summary>
/// Brings to its end what no request does: rolls back cards that nobody has seen, goes on with those being redeemed, cancelled or
/// expired, refunds those whose time has come, and decides gifts. Several hosts may do it at once.
/// </summary>
internal sealed partial class RecoveryWorker(
    DueCards cards,
    DueGifts gifts,
    CardStore store,
    CardIssue issue,
    CardTakeover takeover,
    CardEnd end,
    GiftSending sending,
    RedeemLock redeemLock,
    GiftCardsMetrics metrics,
    FailPoints failPoints,
    IOptions<RecoveryOptions> options,
    TimeProvider time,
    ILogger<RecoveryWorker> logger) : BackgroundService
{
    private long? _cleanedUp;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.PollMilliseconds), time);
        do
        {
            await RunRoundAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RunRoundAsync(CancellationToken stoppingToken)
    {
        try
        {
            await DrainAsync(cards.ListUnfinishedAsync, FinishAsync, stoppingToken);
            await DrainAsync(cards.ListExpiredAsync, ExpireAsync, stoppingToken);
            await DrainAsync(gifts.ListAsync, SettleAsync, stoppingToken);
            await CleanUpAsync(stoppingToken);
        }
        // Whatever it is, a schema that lags too: the host goes on, and so does the next round.
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogDelayed(logger, fault);
        }
    }

    private async Task DrainAsync<T>(
        Func<CancellationToken, Task<List<T>>> list, Func<T, Task<bool>> work, CancellationToken stoppingToken)
    {
        while (await list(stoppingToken) is { Count: > 0 } due)
        {
            var progress = 0;
            var atOnce = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ConcurrencyMax, CancellationToken = stoppingToken };
            await Parallel.ForEachAsync(due, atOnce, async (row, _) => Interlocked.Add(ref progress, await work(row) ? 1 : 0));
            // Rows that all fail to move must wait for the next round.
            if (due.Count < options.Value.BatchMax || progress == 0)
            {
                return;
            }
        }
    }

    private async Task<bool> FinishAsync(GiftCard card)
    {
        try
        {
            if (await cards.TryTakeAsync(card))
            {
                await (card.Status switch
                {
                    CardStatus.Issuing or CardStatus.Revoking => issue.RollBackAsync(card),
                    CardStatus.Importing => takeover.FinishAsync(card),
                    _ => end.FinishAsync(card),
                });
            }

            return true;
        }
        catch (Exception fault)
        {
            var (reason, isPassing) = Judge(fault, ParkedKind.Card, card.Id);
            if (await TryPutOffAsync(() => cards.PutOffAsync(card, reason, isPassing), card.Id))
            {
                TellParked(ParkedKind.Card, card.Id, reason);
            }

            return false;
        }
    }

    private async Task<bool> ExpireAsync(GiftCard card)
    {
        try
        {
            if (await store.TryClaimAsync(card, new CardClaim(CardStatus.Expiring, Uuid.New(time))))
            {
                failPoints.Reach(GiftCardsFailPoint.ExpiryClaimed);
                await end.FinishAsync(card);
            }

            return true;
        }
        catch (Exception fault)
        {
            // Once it is claimed, it is due again as any unfinished card.
            Judge(fault, ParkedKind.Card, card.Id);
            return false;
        }
    }

    private async Task<bool> SettleAsync(Gift gift)
    {
        try
        {
            if (await gifts.TryTakeAsync(gift))
            {
                await sending.SettleAsync(gift);
            }

            return true;
        }
        catch (Exception fault)
        {
            var (reason, isPassing) = Judge(fault, ParkedKind.Gift, gift.Id);
            if (await TryPutOffAsync(() => gifts.PutOffAsync(gift, reason, isPassing), gift.Id))
            {
                TellParked(ParkedKind.Gift, gift.Id, reason);
            }

            return false;
        }
    }

    private (string Reason, bool IsPassing) Judge(Exception fault, string kind, Guid id)
    {
        var isPassing = PassingFaults.Covers(fault);
        LogPutOff(logger, fault, kind, id, isPassing);
        return (fault is RefusedByLedgerException ? ParkedReason.RefusedByLedger : ParkedReason.KeepsFailing, isPassing);
    }

    // The pause under which it was taken puts it off too, so a database that is away here stops no neighbour.
    private async Task<bool> TryPutOffAsync(Func<Task<bool>> putOff, Guid id)
    {
        try
        {
            return await putOff();
        }
        catch (Exception fault)
        {
            LogNotPutOff(logger, fault, id);
            return false;
        }
    }

    private void TellParked(string kind, Guid id, string reason)
    {
        metrics.CountParked(kind, reason);
        LogParked(logger, kind, id, reason);
    }

    private async Task CleanUpAsync(CancellationToken stoppingToken)
    {
        if (_cleanedUp is { } last && time.GetElapsedTime(last) < TimeSpan.FromSeconds(options.Value.CleanupSeconds))
        {
            return;
        }

        await cards.UnsealAsync(stoppingToken);
        await redeemLock.ForgetAsync(stoppingToken);
        _cleanedUp = time.GetTimestamp();
    }

    [LoggerMessage(LogIds.RecoveryWorkerDelayed, LogLevel.Warning, "Gift cards could not be looked after; the next round takes them along")]
    private static partial void LogDelayed(ILogger logger, Exception fault);

    [LoggerMessage(LogIds.RecoveryWorkerPutOff, LogLevel.Error, "The {Kind} {Id} could not be finished and is put off; passing: {IsPassing}")]
    private static partial void LogPutOff(ILogger logger, Exception fault, string kind, Guid id, bool isPassing);

    [LoggerMessage(LogIds.RecoveryWorkerNotPutOff, LogLevel.Warning, "{Id} could not be put off; it is due again after its pause")]
    private static partial void LogNotPutOff(ILogger logger, Exception fault, Guid id);

    [LoggerMessage(LogIds.RecoveryWorkerParked, LogLevel.Error, "The {Kind} {Id} is parked until it is released: {Reason}")]
    private static partial void LogParked(ILogger logger, string kind, Guid id, string reason);
}
