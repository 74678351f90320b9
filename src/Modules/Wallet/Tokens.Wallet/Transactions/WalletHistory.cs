using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Storage;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Outbox;

namespace Tokens.Wallet.Transactions;

/// <summary>What other modules see of what was posted.</summary>
internal sealed class WalletHistory(IModuleDb<WalletDb> db) : IWalletHistory
{
    // A batch is of some hundreds of transfers at most, so that a page has at least one.
    private const int BatchesMax = 1_000;

    public Task<IReadOnlyList<PostedBatch>> ReadBatchesAsync(Guid? afterBatchId, int transfersMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(transfersMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(transfersMax, 100_000);
        return db.ReadAsync((wallet, token) => ReadAsync(wallet, afterBatchId ?? Guid.Empty, transfersMax, token), cancellationToken);
    }

    public Task<IReadOnlyList<PostedEntry>> NewestAsync(
        Guid memberId, bool incoming, IReadOnlyCollection<TransferKind> kinds, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 200);
        return db.ReadAsync((wallet, token) => NewestAsync(wallet, memberId, incoming, kinds, count, token), cancellationToken);
    }

    public Task<DateTime?> OldestUntoldAsync(string subscriber, CancellationToken cancellationToken) => db.ReadAsync(
        (wallet, token) => wallet.Deliveries.Where(row => row.Subscriber == subscriber).Select(row => (DateTime?)row.PostedAt)
            .Concat(wallet.Outbox.Select(row => (DateTime?)row.PostedAt))
            .MinAsync(token),
        cancellationToken);

    private static async Task<IReadOnlyList<PostedBatch>> ReadAsync(
        WalletDb wallet, Guid after, int transfersMax, CancellationToken cancellationToken)
    {
        var sizes = await wallet.Transfers.Where(transfer => transfer.BatchId > after)
            .GroupBy(transfer => transfer.BatchId).Select(batch => new { Id = batch.Key, Transfers = batch.Count() })
            .OrderBy(batch => batch.Id).Take(BatchesMax).ToListAsync(cancellationToken);
        var transfers = 0;
        var ids = sizes.TakeWhile((batch, i) => (transfers += batch.Transfers) <= transfersMax || i == 0).Select(batch => batch.Id).ToList();
        var batches = await PostedLegs.ReadAsync(wallet, ids, cancellationToken);
        var places = ids.Index().ToDictionary(each => each.Item, each => each.Index);
        return [.. batches.OrderBy(batch => places[batch.Id])];
    }

    // The newest postings that took from the account, or brought to it, stand at the end of one index.
    private static async Task<IReadOnlyList<PostedEntry>> NewestAsync(
        WalletDb wallet,
        Guid memberId,
        bool incoming,
        IReadOnlyCollection<TransferKind> kinds,
        int count,
        CancellationToken cancellationToken)
    {
        var heads = incoming
            ? wallet.Transfers.Where(t => t.CreditAccountId == memberId && t.CreditVersion != null && t.CreditBalanceAfter != null)
                .OrderByDescending(t => t.CreditVersion)
            : wallet.Transfers.Where(t => t.DebitAccountId == memberId && t.DebitVersion != null && t.DebitBalanceAfter != null)
                .OrderByDescending(t => t.DebitVersion);
        var ids = await heads.Where(t => kinds.Contains(t.Kind)).Select(t => t.Id).Take(count).ToListAsync(cancellationToken);
        var entries = await PostedLegs.OfPostingsAsync(wallet, ids, cancellationToken);
        return [.. ids.Select(id => entries.Single(entry => entry.PostingId == id && entry.MemberId == memberId))];
    }
}
