using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tokens.Platform.Caching;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Balances;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Outbox;

/// <summary>
/// Writes the balances of commits to the shared cache again, whichever host made them, and only then takes their rows out of the outbox.
/// So what a host committed and couldn't write, because it was killed or cut off, is repaired by the relay of any other.
/// </summary>
internal sealed class CacheRepair(
    IModuleDb<WalletDb> db,
    [FromKeyedServices(Balance.CacheName)] IFigureCache cache,
    IOptions<OutboxOptions> options,
    TimeProvider time)
{
    /// <summary>Under which it gets commits, beside the subscribers of other modules.</summary>
    internal const string Name = "balances";

    /// <summary>Whether there is a cache that a dead host may have left behind wrong.</summary>
    internal bool IsNeeded => cache.IsShared;

    /// <summary>Relays some commits; true when more may be waiting.</summary>
    internal Task<bool> RunAsync(CancellationToken cancellationToken) => cache.IsInDoubt
        ? GiveUpOldAsync(cancellationToken)
        : db.WriteAsync(RepairAsync, cancellationToken);

    private async Task<bool> RepairAsync(WalletDb wallet, CancellationToken cancellationToken)
    {
        var max = options.Value.CommitsMax;
        await using var transaction = await wallet.Database.BeginTransactionAsync(cancellationToken);
        var rows = await TakeAsync(wallet, max, cancellationToken);
        if (rows.Count == 0)
        {
            return false;
        }

        var batches = WithinBounds(rows);
        var before = cache.Now();
        var balances = await ReadBalancesAsync(wallet, batches, cancellationToken);
        if (!await cache.WriteAsync(before, balances))
        {
            // The rows stay, for this host's next round or another host's.
            return false;
        }

        await Own(wallet).Where(row => batches.Contains(row.BatchId)).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows.Count == max || batches.Count < rows.Count;
    }

    // A host that is cut off leaves the rows to the others; only when nobody has taken them for long are all away. Then this host
    // answers for them: it has everything forgotten before it trusts the cache, and they needn't pile up.
    private async Task<bool> GiveUpOldAsync(CancellationToken cancellationToken)
    {
        var old = time.UtcNow().AddSeconds(-options.Value.KeptSeconds);
        if (await db.ReadAsync((wallet, token) => Own(wallet).AnyAsync(row => row.PostedAt < old, token), cancellationToken))
        {
            cache.DoubtEverything();
            await db.WriteAsync(
                (wallet, token) => Own(wallet).Where(row => row.PostedAt < old).ExecuteDeleteAsync(token), cancellationToken);
        }

        return false;
    }

    private static IQueryable<OutboxDeliveryRow> Own(WalletDb wallet) => wallet.Deliveries.Where(row => row.Subscriber == Name);

    // SQLite's process is alone with its file.
    private static Task<List<OutboxDeliveryRow>> TakeAsync(WalletDb wallet, int max, CancellationToken cancellationToken) => wallet.IsSqlite
        ? Own(wallet).AsNoTracking().OrderBy(row => row.DueAt).Take(max).ToListAsync(cancellationToken)
        : wallet.Deliveries.FromSql(
            $"SELECT * FROM wallet.outbox_deliveries WHERE subscriber = {Name} ORDER BY due_at LIMIT {max} FOR UPDATE SKIP LOCKED")
            .AsNoTracking().ToListAsync(cancellationToken);

    private List<Guid> WithinBounds(List<OutboxDeliveryRow> rows)
    {
        var transfers = 0;
        return [.. rows.TakeWhile((row, i) => (transfers += row.Transfers) <= options.Value.TransfersMax || i == 0).Select(row => row.BatchId)];
    }

    private static Task<List<Figure>> ReadBalancesAsync(WalletDb wallet, List<Guid> batches, CancellationToken cancellationToken)
    {
        var transfers = wallet.Transfers.Where(transfer => batches.Contains(transfer.BatchId));
        var members = transfers.Where(transfer => transfer.DebitVersion != null).Select(transfer => transfer.DebitAccountId)
            .Union(transfers.Where(transfer => transfer.CreditVersion != null).Select(transfer => transfer.CreditAccountId));
        return wallet.Accounts.Where(account => members.Contains(account.Id))
            .Select(account => new Figure(account.Id, account.Version, account.BalanceTokens))
            .ToListAsync(cancellationToken);
    }
}
