using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Outbox;

/// <summary>
/// Tells a subscriber of the commits that it hasn't taken. While one host tells it of some, they are locked, and another host tells it
/// of others; a host that dies unlocks them.
/// </summary>
internal sealed partial class Deliveries(
    IModuleDb<WalletDb> db, IOptions<OutboxOptions> options, TimeProvider time, ILogger<Deliveries> logger)
{
    /// <summary>Tells of some commits; true when more may be waiting.</summary>
    internal async Task<bool> RunAsync(IPostingSubscriber subscriber, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(_ => bounded.Cancel(), null, TimeSpan.FromSeconds(options.Value.TakeSecondsMax), Timeout.InfiniteTimeSpan);
        return await db.RunAtLengthAsync((wallet, token) => RunAsync(wallet, subscriber, token), bounded.Token);
    }

    private async Task<bool> RunAsync(WalletDb wallet, IPostingSubscriber subscriber, CancellationToken cancellationToken)
    {
        // SQLite's process is alone with its file, and a transaction would keep the ledger from writing while the subscriber works.
        await using var transaction = wallet.IsSqlite ? null : await wallet.Database.BeginTransactionAsync(cancellationToken);
        var (rows, mayBeMore) = await LockAsync(wallet, subscriber.Name, cancellationToken);
        if (rows.Count == 0)
        {
            return false;
        }

        using var spans = DeliverySpans.Start(subscriber.Name, rows);
        var ids = rows.ConvertAll(row => row.BatchId);
        var taken = await TellAsync(
            subscriber, await PostedLegs.ReadAsync(wallet, ids, cancellationToken), rows, spans, cancellationToken);
        if (transaction is null)
        {
            await db.WriteAsync((other, token) => EndAsync(other, rows, taken, token), cancellationToken);
            return mayBeMore;
        }

        await EndAsync(wallet, rows, taken, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return mayBeMore;
    }

    private async Task<(List<OutboxDeliveryRow> Rows, bool MayBeMore)> LockAsync(
        WalletDb wallet, string subscriber, CancellationToken cancellationToken)
    {
        var (now, latest) = DueTimes.OfEnds(time, TimeSpan.FromSeconds(options.Value.RetrySecondsMax));
        var max = options.Value.CommitsMax;
        // What hasn't failed is due at once, whatever the clock said when it was posted.
        var due = wallet.IsSqlite
            ? wallet.Deliveries
                .Where(row => row.Subscriber == subscriber && (row.DueAt <= now || row.Failures == 0 || row.DueAt > latest))
                .OrderBy(row => row.DueAt).Take(max)
            : wallet.Deliveries.FromSql(
                $"""
                SELECT * FROM wallet.outbox_deliveries
                WHERE subscriber = {subscriber} AND (due_at <= {now} OR failures = 0 OR due_at > {latest})
                ORDER BY due_at LIMIT {max} FOR UPDATE SKIP LOCKED
                """);
        var rows = await due.AsNoTracking().ToListAsync(cancellationToken);
        var transfers = 0;
        var within = rows.TakeWhile((row, i) => (transfers += row.Transfers) <= options.Value.TransfersMax || i == 0).ToList();
        return (within, rows.Count == max || within.Count < rows.Count);
    }

    // All together, since that is cheap; one by one when something in them is amiss, so that it doesn't hold up the others.
    private async Task<HashSet<Guid>> TellAsync(
        IPostingSubscriber subscriber,
        List<PostedBatch> batches,
        List<OutboxDeliveryRow> rows,
        DeliverySpans spans,
        CancellationToken cancellationToken)
    {
        try
        {
            await subscriber.TakeAsync(batches, cancellationToken);
            return [.. rows.Select(row => row.BatchId)];
        }
        catch (Exception fault) when (IsItsOwn(fault, cancellationToken))
        {
            var taken = new HashSet<Guid>();
            foreach (var batch in batches)
            {
                if (await TellAloneAsync(subscriber, batch, rows.Single(row => row.BatchId == batch.Id), spans, cancellationToken))
                {
                    taken.Add(batch.Id);
                }
            }

            return taken;
        }
    }

    private async Task<bool> TellAloneAsync(
        IPostingSubscriber subscriber, PostedBatch batch, OutboxDeliveryRow row, DeliverySpans spans, CancellationToken cancellationToken)
    {
        try
        {
            await subscriber.TakeAsync([batch], cancellationToken);
            return true;
        }
        catch (Exception fault) when (IsItsOwn(fault, cancellationToken))
        {
            row.Failures++;
            row.DueAt = time.UtcNow() + options.Value.RetryAfter(row.Failures);
            spans.Fail(row, fault);
            LogFailed(logger, fault, subscriber.Name, batch.Id, row.Failures);
            return false;
        }
    }

    // A database that is away fails every batch alike, and says nothing about any.
    private static bool IsItsOwn(Exception fault, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && !TransientFaults.Covers(fault);

    private static async Task<bool> EndAsync(
        WalletDb wallet, List<OutboxDeliveryRow> rows, HashSet<Guid> taken, CancellationToken cancellationToken)
    {
        var subscriber = rows[0].Subscriber;
        await wallet.Deliveries.Where(row => row.Subscriber == subscriber && taken.Contains(row.BatchId)).ExecuteDeleteAsync(cancellationToken);
        wallet.UpdateRange(rows.Where(row => !taken.Contains(row.BatchId)));
        await wallet.SaveChangesAsync(cancellationToken);
        return true;
    }

    [LoggerMessage(LogIds.DeliveriesFailed, LogLevel.Error, "Subscriber {Subscriber} failed on commit {BatchId} for the {Failures}. time; it gets it again later")]
    private static partial void LogFailed(ILogger logger, Exception fault, string subscriber, Guid batchId, int failures);
}
