using Microsoft.EntityFrameworkCore;
using Tokens.Analytics.Generations;
using Tokens.Analytics.RollUps;
using Tokens.Analytics.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Tests.Generations;

public abstract class ReplayTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task A_module_that_is_new_counts_all_that_was_posted_before_it_and_meanwhile()
    {
        await using var storage = await CreateStorageAsync();
        await using var host = await AnalyticsHost.OpenAsync(storage, null, ("Analytics:ReplayTransfersMax", "100"));
        var (fan, creator) = (Guid.NewGuid(), Guid.NewGuid());
        await host.StartAsync();
        await FillAsync(host, fan, 2_000);

        // Tips while the module builds its first generation, and after.
        for (var i = 0; i < 400; i++)
        {
            await TipAsync(host, fan, creator);
        }

        await Eventually.BecomesTrueAsync(async () => await SpentAsync(host, fan) == (400, 400), Soon, "all tips are counted, each once");
    }

    [Fact]
    public async Task A_rebuild_repairs_what_was_amiss_and_says_how_much_while_tips_go_on()
    {
        await using var storage = await CreateStorageAsync();
        await using var host = await AnalyticsHost.OpenAsync(storage, null, ("Analytics:ReplayTransfersMax", "100"));
        await host.StartAsync();
        var (fan, creator) = (Guid.NewGuid(), Guid.NewGuid());
        await FillAsync(host, fan, 2_000);
        for (var i = 0; i < 200; i++)
        {
            await TipAsync(host, fan, creator);
        }

        await Eventually.BecomesTrueAsync(async () => await SpentAsync(host, fan) == (200, 200), Soon, "all tips are counted");
        await host.Db.WriteAsync(
            (db, token) => db.RollUps.Where(row => row.MemberId == fan)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Tokens, row => row.Tokens + 5), token),
            CancellationToken.None);
        var before = await LiveAsync(host);

        var built = await host.Get<GenerationBook>().BeginAsync(CancellationToken.None);
        for (var i = 0; i < 200; i++)
        {
            await TipAsync(host, fan, creator);
        }

        await Eventually.BecomesTrueAsync(
            async () => (await LiveAsync(host))?.Id == built && await SpentAsync(host, fan) == (400, 400), Soon, "the rebuilt one is read and right");
        before!.Id.ShouldBeLessThan(built);
        (await LiveAsync(host))!.RowsApart.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(2);
        await Eventually.BecomesTrueAsync(
            async () => !await host.Db.ReadAsync((db, token) => db.RollUps.AnyAsync(row => row.Generation != built, token), CancellationToken.None),
            Soon,
            "the retired one is cleared away");
    }

    [Fact]
    public async Task Two_that_begin_at_once_build_one()
    {
        await using var storage = await CreateStorageAsync();
        await using var host = await AnalyticsHost.OpenAsync(storage);
        await host.BuildAsync();
        var book = host.Get<GenerationBook>();

        var begun = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => book.BeginAsync(CancellationToken.None))));

        begun.Distinct().ShouldBe([(short)2]);
    }

    protected abstract Task<Storage> CreateStorageAsync();

    private static Task<PostingOutcome> FillAsync(AnalyticsHost host, Guid member, long tokens) => PostAsync(
        host, new Leg(Account.Of(SystemAccount.Adjustments), Account.OfMember(member), tokens, TransferKind.Adjustment));

    private static Task<PostingOutcome> TipAsync(AnalyticsHost host, Guid fan, Guid creator) =>
        PostAsync(host, new Leg(Account.OfMember(fan), Account.OfMember(creator), 1, TransferKind.Tip));

    private static Task<PostingOutcome> PostAsync(AnalyticsHost host, Leg leg) => host.Get<IWalletLedger>().PostAsync(
        new Posting(new PostingKey("test", "test", Guid.NewGuid().ToString()), [leg]), CancellationToken.None);

    private static Task<Generation?> LiveAsync(AnalyticsHost host) => host.Db.ReadAsync(
        (db, token) => db.Generations.AsNoTracking().SingleOrDefaultAsync(g => g.Status == GenerationStatus.Live, token), CancellationToken.None);

    private static async Task<(long Tokens, int Transfers)> SpentAsync(AnalyticsHost host, Guid member) => await LiveAsync(host) is null
        ? default
        : (await host.RollUpsAsync()).Where(row => row.MemberId == member && row.Side == Side.Spent)
            .Aggregate((Tokens: 0L, Transfers: 0), (sum, row) => (sum.Tokens + row.Tokens, sum.Transfers + row.Transfers));
}

public sealed class ReplayOnSqliteTests : ReplayTests
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class ReplayOnPostgresTests : ReplayTests
{
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
