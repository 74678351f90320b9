using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Tests.Parts;
using Tokens.Wallet.Transactions;

namespace Tokens.Wallet.Tests.Transactions;

public abstract class LongHistoryTests
{
    // 31 full blocks, and 16 entries that fill none.
    private const int Entries = 2_000;

    [Fact]
    public Task Every_search_finds_what_a_look_at_all_entries_does() => FindsAllAsync(seed: 1);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [Trait(Form.Trait, Form.Extended)]
    public Task And_so_it_does_in_other_histories(int seed) => FindsAllAsync(seed);

    [Fact]
    public async Task A_history_that_is_searched_quickly_has_no_blocks()
    {
        await using var storage = await CreateStorageAsync();
        await using var wallet = await BareWallet.OpenAsync(storage);
        var history = new LongHistory(1);
        // As many full blocks as may be missing, and all but one entry of another.
        await history.GrowAsync(wallet.Db, (17 * EntryBlocks.Size) - 1);
        var search = wallet.Get<EntrySearch>();

        (await PagesAsync(search, history, new EntryFilter("payout", null, null), () => 2)).Count.ShouldBe(3);
        (await BlocksAsync(wallet, history)).ShouldBeEmpty();

        await history.GrowAsync(wallet.Db, 1);
        (await PagesAsync(search, history, new EntryFilter(null, null, null), () => 200)).Count.ShouldBe(history.Entries.Count);
        (await BlocksAsync(wallet, history)).ShouldBeEmpty();
        (await PagesAsync(search, history, new EntryFilter("payout", null, null), () => 2)).Count.ShouldBe(3);
        (await BlocksAsync(wallet, history)).Count.ShouldBe(17);
    }

    [Fact]
    public async Task A_block_says_what_lies_in_it()
    {
        await using var storage = await CreateStorageAsync();
        await using var wallet = await BareWallet.OpenAsync(storage);
        var history = new LongHistory(4);
        await history.GrowAsync(wallet.Db, Entries);
        await Search(wallet, missingMax: 0, madeMax: 7).NewestAsync(
            history.AccountId, new EntryFilter("payout", null, null), long.MaxValue, 0, 1, CancellationToken.None);

        var blocks = await BlocksAsync(wallet, history);

        blocks.Count.ShouldBe(Entries / EntryBlocks.Size);
        foreach (var block in blocks)
        {
            var entries = history.Entries.Skip((int)block.Block * EntryBlocks.Size).Take(EntryBlocks.Size).ToList();
            block.EarliestAt.ShouldBe(entries.Min(entry => entry.At));
            block.LatestAt.ShouldBe(entries.Max(entry => entry.At));
            block.Types.ShouldBe(entries.Select(entry => EntryTypes.Parse(entry.Type)).Aggregate(
                0L, (bits, type) => bits | EntryBlocks.BitOf(type.Kind, type.Incoming ?? type.Kind == TransferKind.Tip)));
        }
    }

    [Fact]
    public async Task Many_may_make_the_blocks_of_one_history_at_once()
    {
        await using var storage = await CreateStorageAsync();
        await using var wallet = await BareWallet.OpenAsync(storage);
        var history = new LongHistory(5);
        await history.GrowAsync(wallet.Db, Entries);
        var filter = new EntryFilter("gift_sent", null, null);
        var expected = history.Matching(filter).ToList();

        // On threads of their own, since SQLite's driver returns only when it is done.
        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => PagesAsync(Search(wallet, missingMax: 0, madeMax: i + 1), history, filter, () => 200))));

        found.ShouldAllBe(ids => ids.SequenceEqual(expected));
        (await BlocksAsync(wallet, history)).Count.ShouldBe(Entries / EntryBlocks.Size);
    }

    protected abstract Task<Storage> CreateStorageAsync();

    private async Task FindsAllAsync(int seed)
    {
        await using var storage = await CreateStorageAsync();
        await using var wallet = await BareWallet.OpenAsync(storage);
        var history = new LongHistory(seed);
        var random = new Random(seed);
        await history.GrowAsync(wallet.Db, Entries);

        await CompareAsync(wallet, history, random);
        await history.GrowAsync(wallet.Db, 500);
        await CompareAsync(wallet, history, random);

        (await BlocksAsync(wallet, history)).Select(block => block.Block).ShouldBe(Enumerable.Range(0, 39).Select(block => (long)block));
    }

    private static async Task CompareAsync(BareWallet wallet, LongHistory history, Random random)
    {
        var search = Search(wallet, missingMax: 0, madeMax: 7);
        foreach (var type in (string?[])["tip", "gift_sent", "gift_received", "payout", "dispute", null])
        {
            for (var i = 0; i < 4; i++)
            {
                var filter = new EntryFilter(type, Moment(), Moment());
                var expected = history.Matching(filter).ToList();
                var what = $"{type} from {filter.From:O} to {filter.To:O}";
                (await PagesAsync(search, history, filter, () => random.Next(1, 200))).ShouldBe(expected, what);
                var (skip, count) = (random.Next(expected.Count + 2), random.Next(1, 200));
                var page = await search.NewestAsync(history.AccountId, filter, long.MaxValue, skip, count, CancellationToken.None);
                page.Entries.Select(entry => entry.Id).ShouldBe(expected.Skip(skip).Take(count), what);
            }
        }

        DateTime? Moment() => random.Next(2) == 0 ? null : history.Entries[random.Next(history.Entries.Count)].At;
    }

    private static async Task<List<Guid>> PagesAsync(EntrySearch search, LongHistory history, EntryFilter filter, Func<int> nextCount)
    {
        var ids = new List<Guid>();
        for (long? below = long.MaxValue; below is { } cursor;)
        {
            var page = await search.NewestAsync(history.AccountId, filter, cursor, 0, nextCount(), CancellationToken.None);
            ids.AddRange(page.Entries.Select(entry => entry.Id));
            below = page.Next;
        }

        return ids;
    }

    private static EntrySearch Search(BareWallet wallet, int missingMax, int madeMax) => new(
        wallet.Db,
        new EntryBlocks(wallet.Db, Options.Create(new WalletOptions { BlocksMissingMax = missingMax, BlocksMadeMax = madeMax })),
        wallet.Get<TokenValue>());

    private static Task<List<EntryBlockRow>> BlocksAsync(BareWallet wallet, LongHistory history) => wallet.Db.ReadAsync(
        (db, token) => db.EntryBlocks.AsNoTracking().Where(block => block.AccountId == history.AccountId)
            .OrderBy(block => block.Block).ToListAsync(token),
        CancellationToken.None);
}

public sealed class LongHistoryOnSqliteTests : LongHistoryTests
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class LongHistoryOnPostgresTests : LongHistoryTests
{
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
