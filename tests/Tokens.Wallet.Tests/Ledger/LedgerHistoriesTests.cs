using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tokens.Platform.Time;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Ledger;
using Tokens.Wallet.Tests.Parts;
using Tokens.Wallet.Tests.Transactions;

namespace Tokens.Wallet.Tests.Ledger;

/// <summary>Random histories, posted by the real stores in batches of random sizes, against a model that knows no batches.</summary>
public abstract class LedgerHistoriesTests : IAsyncLifetime
{
    private const int Requests = 500;

    private readonly FakeTimeProvider _clock = new();
    private Storage? _storage;
    private BareWallet? _wallet;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 6)];

    public static TheoryData<int> MoreSeeds => [.. Enumerable.Range(7, 14)];

    private BareWallet Wallet => _wallet!;

    protected abstract Task<Storage> CreateStorageAsync();

    public async Task InitializeAsync()
    {
        _storage = await CreateStorageAsync();
        _wallet = await BareWallet.OpenAsync(_storage, _clock);
    }

    public async Task DisposeAsync()
    {
        await Wallet.DisposeAsync();
        await _storage!.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task A_random_history_is_decided_stored_and_told_as_the_model_says(int seed) => AgreesWithTheModelAsync(seed);

    [Theory]
    [MemberData(nameof(MoreSeeds))]
    [Trait(Form.Trait, Form.Extended)]
    public Task And_so_are_more(int seed) => AgreesWithTheModelAsync(seed);

    private async Task AgreesWithTheModelAsync(int seed)
    {
        var history = new RandomHistory(seed, _clock);
        var model = new LedgerModel();
        for (var i = 0; i < RandomHistory.MemberCount; i++)
        {
            var isCreator = i % 2 == 0;
            model.Directory[history.Ids[i]] = isCreator;
            await Wallet.Db.SaveAsync(
                new MemberRow { Id = history.Ids[i], IsCreator = isCreator, SaidAt = _clock.UtcNow(), CreatedAt = _clock.UtcNow() });
        }

        await PlayAsync(history, model, seed);

        await CompareAccountsAsync(history, model, seed);
        var pages = new HistoryReader(Wallet.Db, new WalletOptions { BlocksMissingMax = 0, BlocksMadeMax = 2 }, _clock);
        foreach (var id in history.Ids)
        {
            await HistoryComparison.CompareAsync(pages, id, model.Member(id).Entries, history, seed);
        }

        var report = await Wallet.Audit.RunAsync(CancellationToken.None);
        report.Drifted.ShouldBeEmpty($"seed {seed}");
        report.Negative.ShouldBeEmpty($"seed {seed}");
        report.SumOfBalances.ShouldBe(0, $"seed {seed}");
    }

    private async Task PlayAsync(RandomHistory history, LedgerModel model, int seed)
    {
        await using var store = Wallet.NewStore();
        await using var laneStore = Wallet.NewStore();
        for (var done = 0; done < Requests;)
        {
            if (history.Chance(0.15))
            {
                var id = history.Pick(history.Ids);
                model.Member(id).Debt = history.Chance(0.5) ? 0 : history.Next(1, 1_000);
                model.Member(id).HasOwed = true;
                await Wallet.Db.SetDebtAsync(id, model.Member(id).Debt);
            }

            _clock.Advance(TimeSpan.FromMilliseconds(history.Next(0, 3_600_000)));
            var batch = Enumerable.Range(0, history.Next(1, 60)).Select(_ => history.NextRequest()).ToList();
            done += batch.Count;
            if (history.Chance(0.3))
            {
                Compare(await PostInLaneAsync(laneStore, batch, history.Next(1, 40)), batch, isRepeat: false);
                continue;
            }

            Compare(await PostAsync(store, batch, isRepeat: false), batch, isRepeat: false);
            if (history.Chance(0.2))
            {
                // As after a connection that was lost behind the commit.
                Compare(await PostAsync(store, batch, isRepeat: true), batch, isRepeat: true);
            }
        }

        void Compare(IReadOnlyList<PostingDecision> decisions, List<PostingRequest> batch, bool isRepeat) =>
            decisions.Select(Say).ShouldBe(
                batch.Select(request => Say(model.Decide(request, _clock.UtcNow(), isRepeat))), $"seed {seed}");
    }

    private static async Task<IReadOnlyList<PostingDecision>> PostAsync(ILedgerStore store, List<PostingRequest> requests, bool isRepeat)
    {
        var writer = await store.ConnectAsync(CancellationToken.None);
        var result = await store.PostAsync(new PostingBatch(requests, writer) { IsRepeat = isRepeat }, CancellationToken.None);
        return result.Decisions;
    }

    private async Task<IReadOnlyList<PostingDecision>> PostInLaneAsync(ILedgerStore store, List<PostingRequest> requests, int batchSizeMax)
    {
        var line = Channel.CreateUnbounded<PendingPosting>();
        var pending = requests.Select(request => new PendingPosting(request)).ToList();
        pending.ForEach(each => line.Writer.TryWrite(each));
        line.Writer.Complete();
        var options = new LedgerOptions { BatchSizeMax = batchSizeMax };
        await new PostingLane(store, options, TestPipelines.QuickDatabase(), [], new ScriptedFollower(), TestMetrics.Wallet(), TimeProvider.System, NullLogger<PostingLane>.Instance).RunAsync(line.Reader);
        return await Task.WhenAll(pending.Select(each => each.Decided));
    }

    private async Task CompareAccountsAsync(RandomHistory history, LedgerModel model, int seed)
    {
        var accounts = await Wallet.Db.AccountsAsync();
        foreach (var id in history.Ids)
        {
            var expected = model.Member(id);
            var account = accounts.SingleOrDefault(a => a.Id == id) ?? new AccountRow { Id = id };
            account.BalanceTokens.ShouldBe(expected.Balance, $"seed {seed}");
            account.Version.ShouldBe(expected.Entries.Count, $"seed {seed}");
            account.DebtTokens.ShouldBe(expected.Debt, $"seed {seed}");
            account.PurchasedTokens.ShouldBe(expected.Purchased, $"seed {seed}");
            account.SpentTokens.ShouldBe(expected.Spent, $"seed {seed}");
            account.EarnedTokens.ShouldBe(expected.Earned, $"seed {seed}");
        }

        accounts.Where(account => account.Version == 0).ShouldAllBe(
            account => model.Member(account.Id).HasOwed, $"seed {seed}: a refusal leaves no account behind");

        // One row a writer and system account, summed on reading.
        foreach (var system in Enum.GetValues<SystemAccount>().Where(system => system != SystemAccount.None))
        {
            var rows = Enumerable.Range(0, 4).Select(writer => AccountIds.Of(system, writer)).ToHashSet();
            accounts.Where(a => rows.Contains(a.Id)).Sum(a => a.BalanceTokens)
                .ShouldBe(model.System.GetValueOrDefault(system), $"seed {seed}, {system}");
        }

        accounts.Sum(account => account.BalanceTokens).ShouldBe(0, $"seed {seed}");
    }

    private static string Say(PostingDecision decision) => decision switch
    {
        PostingDecision.Posted posted => $"posted {Say(posted.Receipt)}",
        PostingDecision.AlreadyPosted posted => $"already posted {Say(posted.Receipt)}",
        _ => decision.ToString(),
    };

    private static string Say(PostingReceipt receipt) =>
        $"{receipt.TransferId} at {receipt.PostedAt:O} "
        + string.Join(' ', receipt.BalancesAfter.OrderBy(balance => balance.Key).Select(balance => $"{balance.Key}={balance.Value}"));
}

public sealed class LedgerHistoriesOnSqliteTests : LedgerHistoriesTests
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class LedgerHistoriesOnPostgresTests : LedgerHistoriesTests
{
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
