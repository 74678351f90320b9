using Microsoft.EntityFrameworkCore;
using Tokens.Analytics.RollUps;
using Tokens.Analytics.Tests.Parts;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Tests.RollUps;

public abstract class RollUpSubscriberTests
{
    private static readonly DateTime Noon = new(2026, 7, 15, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Both_sides_are_counted_by_quarter_kind_and_counterparty()
    {
        await using var storage = await CreateStorageAsync();
        await using var host = await AnalyticsHost.OpenAsync(storage);
        await host.BuildAsync();
        var (fan, creator) = (Guid.NewGuid(), Guid.NewGuid());

        await host.Subscriber.TakeAsync(
            [
                Batches.Tip(fan, creator, 10, Noon),
                Batches.Tip(fan, creator, 5, Noon.AddMinutes(14)),
                Batches.Tip(fan, creator, 7, Noon.AddMinutes(15)),
                Batches.Of(TransferKind.Call, fan, creator, 3, Noon),
                Batches.Of(TransferKind.Adjustment, fan, creator, 1_000, Noon),
            ],
            CancellationToken.None);

        var rows = await host.RollUpsAsync();
        var quarter = Quarters.Of(Noon);
        rows.Select(row => (row.MemberId, row.Side, row.Quarter, row.Kind, row.CounterpartyId, row.Tokens, row.Transfers, row.LastAt)).ShouldBe(
            [
                (fan, Side.Spent, quarter, TransferKind.Tip, creator, 15, 2, Noon.AddMinutes(14)),
                (fan, Side.Spent, quarter + 1, TransferKind.Tip, creator, 7, 1, Noon.AddMinutes(15)),
                (fan, Side.Spent, quarter, TransferKind.Call, creator, 3, 1, Noon),
                (creator, Side.Earned, quarter, TransferKind.Tip, fan, 15, 2, Noon.AddMinutes(14)),
                (creator, Side.Earned, quarter + 1, TransferKind.Tip, fan, 7, 1, Noon.AddMinutes(15)),
                (creator, Side.Earned, quarter, TransferKind.Call, fan, 3, 1, Noon),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task What_a_gift_card_gives_back_counts_against_what_cards_cost()
    {
        await using var storage = await CreateStorageAsync();
        await using var host = await AnalyticsHost.OpenAsync(storage);
        await host.BuildAsync();
        var member = Guid.NewGuid();

        await host.Subscriber.TakeAsync(
            [
                Batches.Card(member, TransferKind.GiftCardCreated, -100, Noon),
                Batches.Card(member, TransferKind.GiftCardCreated, -40, Noon),
                Batches.Card(member, TransferKind.GiftCardRefunded, 100, Noon),
                Batches.Card(member, TransferKind.GiftCardRedeemed, 70, Noon),
                Batches.Card(member, TransferKind.Purchase, 500, Noon),
            ],
            CancellationToken.None);

        var row = (await host.RollUpsAsync()).ShouldHaveSingleItem();
        (row.Kind, row.Tokens, row.Transfers, row.CounterpartyId).ShouldBe((TransferKind.GiftCardCreated, 40, 2, Guid.Empty));
    }

    [Fact]
    public async Task A_batch_is_counted_once_however_often_and_beside_whatever_it_comes()
    {
        await using var storage = await CreateStorageAsync();
        await using var host = await AnalyticsHost.OpenAsync(storage);
        await host.BuildAsync();
        var (fan, creator) = (Guid.NewGuid(), Guid.NewGuid());
        PostedBatch[] batches = [.. Enumerable.Range(0, 60).Select(_ => Batches.Tip(fan, creator, 1, Noon))];

        // As two hosts would that each got some of them again.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => host.Subscriber.TakeAsync(
            [.. batches.Skip(i * 5).Take(25), .. batches.Take(10)], CancellationToken.None))));

        (await host.RollUpsAsync()).Select(row => (row.Tokens, row.Transfers)).ShouldBe([(60, 60), (60, 60)]);
    }

    [Fact]
    public async Task A_batch_that_comes_twice_in_one_telling_is_counted_once()
    {
        await using var storage = await CreateStorageAsync();
        await using var host = await AnalyticsHost.OpenAsync(storage);
        await host.BuildAsync();
        var batch = Batches.Tip(Guid.NewGuid(), Guid.NewGuid(), 9, Noon);

        await host.Subscriber.TakeAsync([batch, batch], CancellationToken.None);

        (await host.RollUpsAsync()).Select(row => row.Tokens).ShouldBe([9, 9]);
    }

    [Fact]
    public async Task What_is_counted_in_a_quarter_long_over_is_late()
    {
        await using var storage = await CreateStorageAsync();
        await using var host = await AnalyticsHost.OpenAsync(storage);
        await host.BuildAsync();
        var (fan, creator) = (Guid.NewGuid(), Guid.NewGuid());

        await host.Subscriber.TakeAsync([Batches.Tip(fan, creator, 1, DateTime.UtcNow)], CancellationToken.None);
        (await LateAsync()).ShouldBeEmpty();
        await host.Subscriber.TakeAsync([Batches.Tip(fan, creator, 1, DateTime.UtcNow.AddHours(-1))], CancellationToken.None);
        await host.Subscriber.TakeAsync([Batches.Tip(fan, creator, 1, DateTime.UtcNow.AddDays(-1))], CancellationToken.None);

        (await LateAsync()).ShouldBe([(fan, Side.Spent, 2L), (creator, Side.Earned, 2L)], ignoreOrder: true);

        Task<List<(Guid, Side, long)>> LateAsync() => host.Db.ReadAsync(
            async (db, token) => (await db.LateArrivals.AsNoTracking().ToListAsync(token)).ConvertAll(late => (late.MemberId, late.Side, late.Version)),
            CancellationToken.None);
    }

    protected abstract Task<Storage> CreateStorageAsync();
}

public sealed class RollUpSubscriberOnSqliteTests : RollUpSubscriberTests
{
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class RollUpSubscriberOnPostgresTests : RollUpSubscriberTests
{
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
