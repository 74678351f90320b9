using Tokens.Platform.Caching;
using Tokens.Testing.Products;
using Tokens.Wallet.Ledger;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Ledger;

public abstract class CommittedBalancesTests
{
    [Fact]
    public async Task A_commit_says_the_balances_of_the_members_it_answers_and_of_nobody_else()
    {
        await using var storage = await CreateStorageAsync();
        await using var wallet = await BareWallet.OpenAsync(storage);
        await using var store = wallet.NewStore();
        var (rich, poor, payee) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var purchase = TestRequests.Purchase(rich, 100, key: "purchase");
        var gift = TestRequests.Transfer(rich, payee, 30);

        (await PostAsync(purchase, TestRequests.Transfer(poor, Guid.NewGuid()), gift)).Balances
            .ShouldBe([new Figure(rich, 2, 70), new Figure(payee, 1, 30)], ignoreOrder: true);

        // A repeat says them again, for whom the first answer never came to; so does one after a lost connection.
        (await PostAsync(TestRequests.Purchase(rich, 100, key: "other"), purchase)).Balances.ShouldBe([new Figure(rich, 3, 170)]);
        (await PostAsync(purchase)).Balances.ShouldBe([new Figure(rich, 3, 170)]);
        (await PostRepeatAsync(isRepeat: true, gift)).Balances.ShouldBe([new Figure(rich, 3, 170), new Figure(payee, 1, 30)], ignoreOrder: true);
        (await PostAsync(TestRequests.Transfer(poor, rich))).Balances.ShouldBeEmpty();

        Task<BatchResult> PostAsync(params PostingRequest[] requests) => PostRepeatAsync(isRepeat: false, requests);

        async Task<BatchResult> PostRepeatAsync(bool isRepeat, params PostingRequest[] requests) => await store.PostAsync(
            new PostingBatch(requests, await store.ConnectAsync(CancellationToken.None)) { IsRepeat = isRepeat }, CancellationToken.None);
    }

    protected abstract Task<Storage> CreateStorageAsync();
}

public sealed class CommittedBalancesOnSqliteTests : CommittedBalancesTests
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class CommittedBalancesOnPostgresTests : CommittedBalancesTests
{
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
