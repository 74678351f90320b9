using Microsoft.EntityFrameworkCore;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Ledger;
using Tokens.Wallet.Tests.Ledger;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Outbox;

public abstract class DeliveriesTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task Subscribers_are_told_of_postings_as_each_members_account_saw_them()
    {
        await using var storage = await CreateStorageAsync();
        var subscriber = new TestSubscriber("one");
        await using var wallet = await OpenAsync(storage, [subscriber]);
        await wallet.StartAsync();
        var (giver, taker) = (Guid.NewGuid(), Guid.NewGuid());
        await wallet.Queue.PostAsync(TestRequests.Purchase(giver, 500));

        await wallet.Ledger.PostAsync(
            new Posting(
                new PostingKey("giftcards", "gift", "a"),
                [
                    new Leg(Account.OfMember(giver), Account.OfMember(taker), 90, TransferKind.Gift),
                    new Leg(Account.OfMember(giver), Account.Of(SystemAccount.Fees), 10, TransferKind.PlatformFee),
                ]),
            CancellationToken.None);

        await IsRelayedAsync(wallet);
        var entries = subscriber.Entries.Select(entry => (entry.MemberId, entry.Kind, entry.Tokens, entry.CounterpartyId)).ToList();
        entries.ShouldBe(
            [
                (giver, TransferKind.Purchase, 500, null),
                (giver, TransferKind.Gift, -100, taker),
                (taker, TransferKind.Gift, 90, giver),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_subscriber_that_fails_keeps_nobody_waiting_and_is_told_again()
    {
        await using var storage = await CreateStorageAsync();
        var (ill, well) = (new TestSubscriber("ill"), new TestSubscriber("well"));
        ill.Check = _ => throw new TimeoutException("Its database is away.");
        await using var wallet = await OpenAsync(storage, [ill, well]);
        await wallet.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await wallet.Queue.PostAsync(TestRequests.Purchase(Guid.NewGuid(), 1));
        }

        await Eventually.BecomesTrueAsync(() => Task.FromResult(well.Entries.Count() == 5), Soon, "the other one is told");
        ill.Taken.ShouldBeEmpty();
        ill.Check = _ => { };

        await IsRelayedAsync(wallet);
        ill.Entries.Count().ShouldBe(5);
        well.Entries.Count().ShouldBe(5);
    }

    [Fact]
    public async Task A_commit_on_which_a_subscriber_fails_is_put_off_by_itself()
    {
        await using var storage = await CreateStorageAsync();
        var subscriber = new TestSubscriber("one");
        var poison = Guid.NewGuid();
        subscriber.Check = batch => batch.Entries.ShouldNotContain(entry => entry.MemberId == poison);
        await using var wallet = await OpenAsync(storage, [subscriber]);
        await CommitAsync(wallet, Guid.NewGuid(), poison, Guid.NewGuid());
        await wallet.StartAsync();

        await Eventually.BecomesTrueAsync(() => Task.FromResult(subscriber.Entries.Count() == 2), Soon, "the others are told");
        await Eventually.BecomesTrueAsync(async () => await FailuresAsync(wallet) is [> 0], Soon, "the failure is counted");
        subscriber.Check = _ => { };

        await IsRelayedAsync(wallet);
        subscriber.Entries.Count(entry => entry.MemberId == poison).ShouldBe(1);
    }

    [Fact]
    public async Task What_an_earlier_process_left_behind_is_told_in_parts()
    {
        await using var storage = await CreateStorageAsync();
        var subscriber = new TestSubscriber("one");
        await using var wallet = await OpenAsync(storage, [subscriber], ("Outbox:CommitsMax", "3"));
        Guid[] members = [.. Enumerable.Range(0, 10).Select(_ => Guid.NewGuid())];
        await CommitAsync(wallet, members);

        await wallet.StartAsync();

        await IsRelayedAsync(wallet);
        subscriber.Entries.Select(entry => entry.MemberId).ShouldBe(members, ignoreOrder: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task What_was_put_off_by_a_clock_that_was_set_back_since_is_told_at_once(int failures)
    {
        await using var storage = await CreateStorageAsync();
        var subscriber = new TestSubscriber("one");
        subscriber.Check = _ => throw new InvalidOperationException("Not now.");
        await using (var ahead = await OpenAsync(storage, [subscriber]))
        {
            await CommitAsync(ahead, Guid.NewGuid());
            await ahead.StartAsync();
            await Eventually.BecomesTrueAsync(async () => await FailuresAsync(ahead) is [> 0], Soon, "it is handed on");
        }

        subscriber.Check = _ => { };
        await using var wallet = await OpenAsync(storage, [subscriber]);
        var due = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1);
        await wallet.Db.WriteAsync(
            (db, token) => db.Deliveries.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DueAt, due).SetProperty(row => row.Failures, failures), token),
            CancellationToken.None);
        await wallet.StartAsync();

        await IsRelayedAsync(wallet);
        subscriber.Entries.ShouldHaveSingleItem();
    }

    private protected static Task<BareWallet> OpenAsync(
        Storage storage, IEnumerable<IPostingSubscriber> subscribers, params (string Name, string Value)[] settings) => BareWallet.OpenAsync(
        storage,
        settings: new Dictionary<string, string?>(
            [new("Outbox:Pause", "00:00:00.020"), .. settings.Select(each => new KeyValuePair<string, string?>(each.Name, each.Value))]),
        subscribers: subscribers);

    protected abstract Task<Storage> CreateStorageAsync();

    // As a host that is killed right after its commits.
    private protected static async Task CommitAsync(BareWallet wallet, params Guid[] members)
    {
        await using var store = wallet.NewStore();
        foreach (var member in members)
        {
            var batch = new PostingBatch([TestRequests.Purchase(member, 1)], await store.ConnectAsync(CancellationToken.None));
            await store.PostAsync(batch, CancellationToken.None);
        }
    }

    private protected static Task IsRelayedAsync(BareWallet wallet) =>
        Eventually.BecomesTrueAsync(async () => (await wallet.UnrelayedAsync()).Count == 0, Soon, "all is relayed");

    private static Task<List<int>> FailuresAsync(BareWallet wallet) => wallet.Db.ReadAsync(
        (db, token) => db.Deliveries.Select(row => row.Failures).ToListAsync(token), CancellationToken.None);
}

public sealed class DeliveriesOnSqliteTests : DeliveriesTests
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class DeliveriesOnPostgresTests : DeliveriesTests
{
    [Fact]
    public async Task Two_hosts_tell_of_each_commit_once()
    {
        await using var storage = await CreateStorageAsync();
        var subscribers = new[] { new TestSubscriber("one"), new TestSubscriber("one") };
        await using var first = await OpenAsync(storage, [subscribers[0]], ("Outbox:CommitsMax", "5"));
        await using var second = await OpenAsync(storage, [subscribers[1]], ("Outbox:CommitsMax", "5"));
        Guid[] members = [.. Enumerable.Range(0, 200).Select(_ => Guid.NewGuid())];
        await CommitAsync(first, members);

        await Task.WhenAll(first.StartAsync(), second.StartAsync());

        await IsRelayedAsync(first);
        subscribers.SelectMany(subscriber => subscriber.Entries).Select(entry => entry.MemberId).ShouldBe(members, ignoreOrder: true);
    }

    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
