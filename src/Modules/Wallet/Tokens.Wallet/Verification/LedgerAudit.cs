using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Tokens.Platform.Storage;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Verification;

/// <summary>Recounts the ledger from its transfers, in one snapshot and without stopping writers.</summary>
internal sealed class LedgerAudit(IModuleDb<WalletDb> db)
{
    // More would say nothing new, and the answer must stay an answer.
    private const int FindingsMax = 1_000;

    internal Task<LedgerReport> RunAsync(CancellationToken cancellationToken) => db.ReadAtLengthAsync(
        async (wallet, token) =>
        {
            wallet.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            await using var snapshot = await BeginSnapshotAsync(wallet, token);
            var (recounts, transfers) = await RecountAsync(wallet, token);
            return await CompareAsync(wallet, recounts, transfers, token);
        },
        cancellationToken);

    private static async Task<IDbContextTransaction> BeginSnapshotAsync(WalletDb wallet, CancellationToken cancellationToken)
    {
        if (!wallet.IsSqlite)
        {
            return await wallet.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        }

        // Deferred, because every other kind takes SQLite's write lock.
        DbTransaction deferred = ((SqliteConnection)wallet.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return (await wallet.Database.UseTransactionAsync(deferred, cancellationToken))!;
    }

    private static async Task<(Dictionary<Guid, Recount> Recounts, long Transfers)> RecountAsync(
        WalletDb wallet, CancellationToken cancellationToken)
    {
        var recounts = new Dictionary<Guid, Recount>();
        var transfers = 0L;
        var rows = wallet.Transfers.Select(t => new
        {
            t.DebitAccountId,
            t.CreditAccountId,
            t.Tokens,
            t.DebitVersion,
            t.DebitBalanceAfter,
            t.CreditVersion,
            t.CreditBalanceAfter,
        });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            transfers++;
            Of(row.DebitAccountId).Add(-row.Tokens, row.DebitVersion, row.DebitBalanceAfter);
            Of(row.CreditAccountId).Add(row.Tokens, row.CreditVersion, row.CreditBalanceAfter);
        }

        return (recounts, transfers);

        Recount Of(Guid id) => recounts.TryGetValue(id, out var recount) ? recount : recounts[id] = new Recount();
    }

    private static async Task<LedgerReport> CompareAsync(
        WalletDb wallet, Dictionary<Guid, Recount> recounts, long transfers, CancellationToken cancellationToken)
    {
        var drifted = new List<Drift>();
        var negative = new List<Negative>();
        var accounts = 0L;
        var sum = 0L;
        await foreach (var account in wallet.Accounts.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            accounts++;
            sum += account.BalanceTokens;
            var isMember = account.SystemName is null;
            var recount = recounts.Remove(account.Id, out var found) ? found : new Recount();
            if (recount.FaultOf(account.BalanceTokens, account.Version, isMember) is { } fault && drifted.Count < FindingsMax)
            {
                drifted.Add(new Drift(account.Id, account.BalanceTokens, (long)recount.Balance, fault));
            }

            if (isMember && account.BalanceTokens < 0 && negative.Count < FindingsMax)
            {
                negative.Add(new Negative(account.Id, account.BalanceTokens));
            }
        }

        foreach (var (id, orphan) in recounts.Take(FindingsMax))
        {
            drifted.Add(new Drift(id, 0, (long)orphan.Balance, "account"));
        }

        return new LedgerReport(accounts, transfers, sum, drifted, negative);
    }
}
