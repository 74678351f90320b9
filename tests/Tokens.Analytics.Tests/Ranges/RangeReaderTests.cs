using Tokens.Analytics.Ranges;
using Tokens.Analytics.RollUps;
using Tokens.Analytics.Tests.Parts;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Tests.Ranges;

/// <summary>Whether few roll-ups or many, folded before or not, a range has the same sums.</summary>
public abstract class RangeReaderTests
{
    private static readonly DateTime Now = DateTime.UtcNow;
    private static readonly LocalDays Days = LocalDays.UpTo(Now, TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu"), 30);

    [Fact]
    public async Task Many_roll_ups_are_folded_once_and_what_is_counted_after_is_added()
    {
        await using var storage = await CreateStorageAsync();
        await using var host = await AnalyticsHost.OpenAsync(storage, null, ("Analytics:RowsMax", "100"));
        await host.BuildAsync();
        var fan = Guid.NewGuid();
        Guid[] creators = [.. Enumerable.Range(0, 7).Select(_ => Guid.NewGuid())];
        var batches = Enumerable.Range(0, 900).Select(i => Batches.Tip(fan, creators[i % 7], i + 1, Now.AddMinutes(-40 * i - 30))).ToList();
        foreach (var lot in batches.Chunk(100))
        {
            await host.Subscriber.TakeAsync(lot, CancellationToken.None);
        }

        await ShouldBeAsync(host, fan, batches);
        await ShouldBeAsync(host, fan, batches);

        // Punctual and late, of creators known and new.
        foreach (var (creator, at) in new[] { (creators[0], Now), (Guid.NewGuid(), Now), (creators[3], Now.AddDays(-3)), (Guid.NewGuid(), Now.AddDays(-9)) })
        {
            batches.Add(Batches.Tip(fan, creator, 1_000, at));
            await host.Subscriber.TakeAsync([batches[^1]], CancellationToken.None);
            await ShouldBeAsync(host, fan, batches);
        }
    }

    [Fact]
    public async Task Whoever_has_neither_spent_nor_earned_has_days_of_zero()
    {
        await using var storage = await CreateStorageAsync();
        await using var host = await AnalyticsHost.OpenAsync(storage);

        var fold = await host.Get<RangeReader>().ReadAsync(Guid.NewGuid(), Side.Earned, Days, CancellationToken.None);

        fold.Daily.Count.ShouldBe(30);
        fold.Daily.ShouldAllBe(day => day.Tokens == 0 && day.Transfers == 0);
        fold.Counterparties.ShouldBeEmpty();
    }

    protected abstract Task<Storage> CreateStorageAsync();

    private static async Task ShouldBeAsync(AnalyticsHost host, Guid fan, List<PostedBatch> batches)
    {
        var fold = await host.Get<RangeReader>().ReadAsync(fan, Side.Spent, Days, CancellationToken.None);
        var entries = batches.Select(batch => batch.Entries[0]).Where(entry => Quarters.Of(entry.PostedAt) >= Days.FirstQuarter).ToList();

        var daily = new long[30];
        entries.ForEach(entry => daily[Days.IndexOf(Quarters.Of(entry.PostedAt))] -= entry.Tokens);
        fold.Daily.Select(day => day.Tokens).ShouldBe(daily);
        fold.Daily.Sum(day => day.Transfers).ShouldBe(entries.Count);
        fold.Hourly.Sum().ShouldBe(daily.Sum());
        fold.Kinds[TransferKind.Tip].ShouldBe(daily.Sum());
        fold.Counterparties.Select(each => (each.Id, each.Tokens, each.Transfers)).ShouldBe(
            entries.GroupBy(entry => entry.CounterpartyId!.Value).Select(group => (group.Key, -group.Sum(entry => entry.Tokens), group.Count())),
            ignoreOrder: true);
    }
}

public sealed class RangeReaderOnSqliteTests : RangeReaderTests
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class RangeReaderOnPostgresTests : RangeReaderTests
{
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
