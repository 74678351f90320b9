using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Tests.Ledger;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Transactions;

public abstract class WalletHistoryTests
{
    [Fact]
    public async Task Batches_are_read_page_by_page_each_once()
    {
        await using var storage = await CreateStorageAsync();
        await using var wallet = await BareWallet.OpenAsync(storage);
        await wallet.StartAsync();
        Guid[] members = [.. Enumerable.Range(0, 25).Select(_ => Guid.NewGuid())];
        foreach (var member in members)
        {
            await wallet.Queue.PostAsync(TestRequests.Purchase(member, 1));
        }

        var history = wallet.Get<IWalletHistory>();
        var read = new List<PostedBatch>();
        for (var page = await NextAsync(); page.Count > 0; page = await NextAsync())
        {
            page.Sum(batch => batch.Entries.Count).ShouldBeLessThanOrEqualTo(10);
            read.AddRange(page);
        }

        read.SelectMany(batch => batch.Entries).Select(entry => entry.MemberId).ShouldBe(members, ignoreOrder: true);
        read.Select(batch => batch.Id).ShouldBeUnique();

        Task<IReadOnlyList<PostedBatch>> NextAsync() =>
            history.ReadBatchesAsync(read.Count == 0 ? null : read[^1].Id, transfersMax: 10, CancellationToken.None);
    }

    [Fact]
    public async Task The_newest_of_a_side_are_those_of_the_kinds_asked_for()
    {
        await using var storage = await CreateStorageAsync();
        await using var wallet = await BareWallet.OpenAsync(storage);
        await wallet.StartAsync();
        var (fan, creator) = (Guid.NewGuid(), Guid.NewGuid());
        await wallet.Queue.PostAsync(TestRequests.Purchase(fan, 1_000));
        for (var tokens = 1; tokens <= 5; tokens++)
        {
            await TransferAsync(fan, creator, tokens, TransferKind.Tip);
            await TransferAsync(creator, fan, 1, TransferKind.Gift);
        }

        await TransferAsync(fan, creator, 7, TransferKind.Adjustment);
        var history = wallet.Get<IWalletHistory>();

        var spent = await history.NewestAsync(fan, incoming: false, [TransferKind.Tip, TransferKind.Gift], 3, CancellationToken.None);
        var earned = await history.NewestAsync(fan, incoming: true, [TransferKind.Gift], 10, CancellationToken.None);

        spent.Select(entry => entry.Tokens).ShouldBe([-5, -4, -3]);
        spent.ShouldAllBe(entry => entry.CounterpartyId == creator && entry.MemberId == fan);
        earned.Select(entry => entry.Tokens).ShouldBe([1, 1, 1, 1, 1]);

        async Task TransferAsync(Guid from, Guid to, long tokens, TransferKind kind) => (await wallet.Ledger.PostAsync(
            new Posting(new PostingKey("test", "transfer", Guid.NewGuid().ToString()), [new Leg(Account.OfMember(from), Account.OfMember(to), tokens, kind)]),
            CancellationToken.None)).ShouldBeOfType<PostingOutcome.Posted>();
    }

    protected abstract Task<Storage> CreateStorageAsync();
}

public sealed class WalletHistoryOnSqliteTests : WalletHistoryTests
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class WalletHistoryOnPostgresTests : WalletHistoryTests
{
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
