using Microsoft.EntityFrameworkCore;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Ledger;
using Tokens.Wallet.Tests.Ledger;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Outbox;

public abstract class OutboxRelayTests
{
    [Fact]
    public async Task A_commit_leaves_one_row_which_goes_while_nobody_subscribes()
    {
        await using var storage = await CreateStorageAsync();
        await using var wallet = await BareWallet.OpenAsync(storage);
        var requests = Enumerable.Range(0, 5).Select(_ => TestRequests.Purchase(Guid.NewGuid(), 1)).ToList();
        await using (var store = wallet.NewStore())
        {
            var batch = new PostingBatch(requests, await store.ConnectAsync(CancellationToken.None));
            var result = await store.PostAsync(batch, CancellationToken.None);

            var row = (await OutboxAsync(wallet)).ShouldHaveSingleItem();
            row.ShouldBe((result.Committed[0].BatchId, 5, result.Committed[0].PostedAt));
        }

        // What an earlier process left behind goes at the start, and each commit's row after it.
        await wallet.StartAsync();
        await IsEmptyAsync(wallet);
        await wallet.Queue.PostAsync(TestRequests.Purchase(Guid.NewGuid(), 1));
        await IsEmptyAsync(wallet);
    }

    [Fact]
    public async Task A_refused_batch_leaves_no_row()
    {
        await using var storage = await CreateStorageAsync();
        await using var wallet = await BareWallet.OpenAsync(storage);
        await using var store = wallet.NewStore();
        var poor = TestRequests.Transfer(Guid.NewGuid(), Guid.NewGuid());

        await store.PostAsync(new PostingBatch([poor], await store.ConnectAsync(CancellationToken.None)), CancellationToken.None);

        (await OutboxAsync(wallet)).ShouldBeEmpty();
        (await wallet.Db.AccountsAsync()).ShouldBeEmpty();
    }

    protected abstract Task<Storage> CreateStorageAsync();

    private static Task IsEmptyAsync(BareWallet wallet) => Eventually.BecomesTrueAsync(
        async () => (await OutboxAsync(wallet)).Count == 0, TimeSpan.FromSeconds(20), "the outbox is empty");

    private static Task<List<(Guid BatchId, int Transfers, DateTime PostedAt)>> OutboxAsync(BareWallet wallet) => wallet.Db.ReadAsync(
        async (db, token) => (await db.Outbox.AsNoTracking().ToListAsync(token)).ConvertAll(row =>
            (row.BatchId, row.Transfers, row.PostedAt)),
        CancellationToken.None);
}

public sealed class OutboxRelayOnSqliteTests : OutboxRelayTests
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class OutboxRelayOnPostgresTests : OutboxRelayTests
{
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
