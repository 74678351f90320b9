using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Platform.Storage;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Outbox;

/// <summary>
/// Gives each subscriber a row of its own for each commit, so that none waits for another. The commit itself leaves one row, whoever
/// subscribes: posting doesn't pay for them.
/// </summary>
internal sealed class OutboxFanOut(
    IModuleDb<WalletDb> db, CacheRepair repair, IEnumerable<IPostingSubscriber> subscribers, IOptions<OutboxOptions> options)
{
    private readonly string[] _names = [.. subscribers.Select(subscriber => subscriber.Name).Concat(repair.IsNeeded ? [CacheRepair.Name] : [])];

    /// <summary>Everybody who is told of each commit.</summary>
    internal IReadOnlyList<string> Subscribers => _names;

    /// <summary>Hands on some commits; true when more may be waiting.</summary>
    internal Task<bool> RunAsync(CancellationToken cancellationToken) => db.WriteAsync(
        async (wallet, token) =>
        {
            if (_names.Length == 0)
            {
                await wallet.Outbox.ExecuteDeleteAsync(token);
                return false;
            }

            var handedOn = wallet.IsSqlite ? await OnSqliteAsync(wallet, token) : await OnPostgresAsync(wallet, token);
            return handedOn >= options.Value.CommitsMax;
        },
        cancellationToken);

    // The process is alone with its file, and one writer writes at a time.
    private async Task<int> OnSqliteAsync(WalletDb wallet, CancellationToken cancellationToken)
    {
        var rows = await wallet.Outbox.OrderBy(row => row.PostedAt).Take(options.Value.CommitsMax).ToListAsync(cancellationToken);
        wallet.Deliveries.AddRange(rows.SelectMany(row => _names.Select(name => new OutboxDeliveryRow
        {
            Subscriber = name,
            BatchId = row.BatchId,
            Transfers = row.Transfers,
            PostedAt = row.PostedAt,
            TraceParent = row.TraceParent,
            DueAt = row.PostedAt,
        })));
        wallet.Outbox.RemoveRange(rows);
        await wallet.SaveChangesAsync(cancellationToken);
        return rows.Count;
    }

    private async Task<int> OnPostgresAsync(WalletDb wallet, CancellationToken cancellationToken)
    {
        var deliveries = await wallet.Database.ExecuteSqlAsync(
            $"""
            WITH taken AS (
                DELETE FROM wallet.outbox WHERE batch_id IN (
                    SELECT batch_id FROM wallet.outbox ORDER BY posted_at LIMIT {options.Value.CommitsMax} FOR UPDATE SKIP LOCKED)
                RETURNING batch_id, transfers, posted_at, trace_parent)
            INSERT INTO wallet.outbox_deliveries (subscriber, batch_id, transfers, posted_at, trace_parent, failures, due_at)
            SELECT name, batch_id, transfers, posted_at, trace_parent, 0, posted_at FROM taken CROSS JOIN unnest({_names}) AS name
            """,
            cancellationToken);
        return deliveries / _names.Length;
    }
}
