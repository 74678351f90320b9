using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tokens.Payments.Data;
using Tokens.Payments.Purchases;
using Tokens.Payments.Refills;
using Tokens.Payments.Settlement;
using Tokens.Payments.Tests.Parts;
using Tokens.Platform.Storage;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Refills;

/// <summary>Plans as they are stored: changes at the same time, limits, and a clock that is set back.</summary>
public sealed class RefillPlansTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 15, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task Forty_changes_and_declines_at_once_all_count(StorageKind kind)
    {
        await using var shop = await OpenAsync(kind);
        var plans = Plans(shop, new TestTimeProvider(Noon), new RefillOptions { DeclinesMax = 10 });
        await plans.ChangeAsync(shop.MemberId, Enabled(), CancellationToken.None);

        await Task.WhenAll(
        [
            .. Enumerable.Range(0, 35).Select(i => plans.ChangeAsync(shop.MemberId, Enabled() with { ThresholdTokens = i }, CancellationToken.None)),
            .. Enumerable.Range(0, 5).Select(_ => plans.DeclineAsync(shop.MemberId, "pm_1")),
        ]);

        var plan = await plans.GetAsync(shop.MemberId, CancellationToken.None);
        (plan.Declines, plan.PausedMethodId, plan.IsEnabled).ShouldBe((5, "pm_1", true));
        plan.ThresholdTokens.ShouldBeInRange(0, 34);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task First_changes_at_once_make_one_plan(StorageKind kind)
    {
        await using var shop = await OpenAsync(kind);
        var plans = Plans(shop, new TestTimeProvider(Noon));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => plans.ChangeAsync(
            shop.MemberId, Enabled() with { ThresholdTokens = i < 19 ? null : 7, AtPeakHours = i < 19 ? true : null }, CancellationToken.None)));

        var plan = await plans.GetAsync(shop.MemberId, CancellationToken.None);
        (plan.ThresholdTokens, plan.AtPeakHours).ShouldBe((7, true));
    }

    [Fact]
    public async Task A_clock_that_was_ahead_and_is_set_back_holds_up_no_refill()
    {
        await using var shop = await OpenAsync(StorageKind.Sqlite);
        var clock = new TestTimeProvider(Noon.AddHours(1));
        var plans = Plans(shop, clock);
        await plans.ChangeAsync(shop.MemberId, Enabled() with { IsSmart = true }, CancellationToken.None);
        (await plans.TryBeginAsync(shop.MemberId, Now(clock), CancellationToken.None)).ShouldBeTrue();
        (await plans.TryTakeSmartLookAsync(shop.MemberId, CancellationToken.None)).ShouldBeTrue();

        clock.Correct(TimeSpan.FromHours(-1));

        (await plans.TryTakeSmartLookAsync(shop.MemberId, CancellationToken.None)).ShouldBeTrue();
        (await plans.TryBeginAsync(shop.MemberId, Now(clock), CancellationToken.None)).ShouldBeTrue();
        (await plans.TryBeginAsync(shop.MemberId, Now(clock), CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_host_whose_clock_is_a_little_behind_still_keeps_the_pause()
    {
        await using var shop = await OpenAsync(StorageKind.Sqlite);
        var clock = new TestTimeProvider(Noon);
        var plans = Plans(shop, clock);
        await plans.ChangeAsync(shop.MemberId, Enabled(), CancellationToken.None);
        (await plans.TryBeginAsync(shop.MemberId, Now(clock), CancellationToken.None)).ShouldBeTrue();

        clock.Correct(TimeSpan.FromSeconds(-5));

        (await plans.TryBeginAsync(shop.MemberId, Now(clock), CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_balance_that_a_clock_ahead_put_off_is_looked_at()
    {
        await using var shop = await OpenAsync(StorageKind.Sqlite);
        var clock = new TestTimeProvider(Noon.AddDays(3));
        var plans = Plans(shop, clock);
        await plans.ChangeAsync(shop.MemberId, Enabled() with { IsSmart = true }, CancellationToken.None);
        (await plans.ListDueAsync(10, CancellationToken.None)).ShouldBeEmpty();

        clock.Correct(TimeSpan.FromDays(-3));

        (await plans.ListDueAsync(10, CancellationToken.None)).ShouldBe([shop.MemberId]);
        (await plans.TryLeaseAsync(shop.MemberId, Now(clock).AddSeconds(30), CancellationToken.None)).ShouldBeTrue();
        (await plans.TryLeaseAsync(shop.MemberId, Now(clock).AddSeconds(30), CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_default_method_ends_the_pause_and_the_same_does_not()
    {
        await using var shop = await OpenAsync(StorageKind.Sqlite);
        var plans = Plans(shop, new TestTimeProvider(Noon));
        await plans.ChangeAsync(shop.MemberId, Enabled(), CancellationToken.None);
        await plans.DeclineAsync(shop.MemberId, "pm_1");

        (await plans.EndPauseAsync(shop.MemberId, "pm_1", CancellationToken.None)).ShouldBeFalse();
        (await plans.GetAsync(shop.MemberId, CancellationToken.None)).Declines.ShouldBe(1);

        (await plans.EndPauseAsync(shop.MemberId, "pm_2", CancellationToken.None)).ShouldBeTrue();
        var plan = await plans.GetAsync(shop.MemberId, CancellationToken.None);
        (plan.Declines, plan.PausedUntil, plan.CheckAt).ShouldBe((0, null, Noon.UtcDateTime));
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task No_change_of_the_zone_gets_past_a_limit(StorageKind kind)
    {
        await using var shop = await OpenAsync(kind);
        var clock = new TestTimeProvider(Noon);
        var options = new RefillOptions { DailyCeilingMinor = 20_00 };
        var plans = Plans(shop, clock, options);
        var spending = new RefillSpending(Db(shop), Options.Create(options));
        await plans.ChangeAsync(shop.MemberId, Enabled() with { DailyLimit = new(true, 6_00) }, CancellationToken.None);
        await AddRefillAsync(shop, 5_00, Now(clock).AddHours(-1));

        var plan = await plans.ChangeAsync(shop.MemberId, Enabled() with { TimeZone = "Pacific/Kiritimati" }, CancellationToken.None);

        (await spending.RefusalAsync(plan, 5_00, Now(clock), CancellationToken.None)).ShouldBe("The daily limit for refills is reached.");
        (await spending.RefusalAsync(plan, 7_00, Now(clock), CancellationToken.None)).ShouldBe("The package costs more than a limit for refills allows.");
        // In the next day of the member's zone, 13 hours later, the product's own 24 hours aren't over.
        await plans.ChangeAsync(shop.MemberId, Enabled() with { DailyLimit = new(true, null) }, CancellationToken.None);
        await AddRefillAsync(shop, 14_00, Now(clock).AddHours(-1));
        plan = await plans.GetAsync(shop.MemberId, CancellationToken.None);
        (await spending.RefusalAsync(plan, 5_00, Now(clock).AddHours(13), CancellationToken.None))
            .ShouldBe("The product's limit in 24 hours for refills is reached.");
        (await spending.RefusalAsync(plan, 5_00, Now(clock).AddHours(24), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_paid_on_earlier_days_counts_for_the_month_and_no_longer()
    {
        await using var shop = await OpenAsync(StorageKind.Sqlite);
        var now = Noon.UtcDateTime;
        var options = new RefillOptions { DailyCeilingMinor = 20_00, MonthlyCeilingMinor = 30_00 };
        var spending = new RefillSpending(Db(shop), Options.Create(options));
        var plan = new RefillPlan { MemberId = shop.MemberId };
        await AddRefillAsync(shop, 15_00, now.AddDays(-29));
        await AddRefillAsync(shop, 11_00, now.AddDays(-2));

        (await spending.RefusalAsync(plan, 4_01, now, CancellationToken.None)).ShouldBe("The product's limit in 30 days for refills is reached.");
        (await spending.RefusalAsync(plan, 4_00, now, CancellationToken.None)).ShouldBeNull();
        (await spending.RefusalAsync(plan, 4_01, now.AddDays(2), CancellationToken.None)).ShouldBeNull();
        plan.MonthlyLimitMinor = 14_00;
        (await spending.RefusalAsync(plan, 3_01, now, CancellationToken.None)).ShouldBe("The monthly limit for refills is reached.");
        (await spending.RefusalAsync(plan, 3_00, now, CancellationToken.None)).ShouldBeNull();
    }

    private static async Task<Shop> OpenAsync(StorageKind kind)
    {
        var shop = await Shop.OpenAsync(kind);
        // They look at balances and at purchases by the real clock.
        foreach (var worker in shop.Host.Services.GetServices<IHostedService>().Where(service => service is RefillWorker or SettlementWorker))
        {
            await worker.StopAsync(CancellationToken.None);
        }

        return shop;
    }

    private static PatchRefillSettings.Request Enabled() => new(true, default, null, null, null, null, null, default, default, null);

    private static RefillPlans Plans(Shop shop, TestTimeProvider clock, RefillOptions? options = null) =>
        new(Db(shop), Options.Create(options ?? new RefillOptions()), clock);

    private static IModuleDb<PaymentsDb> Db(Shop shop) => shop.Host.Services.GetRequiredService<IModuleDb<PaymentsDb>>();

    private static DateTime Now(TestTimeProvider clock) => clock.GetUtcNow().UtcDateTime;

    private static async Task AddRefillAsync(Shop shop, long amountMinor, DateTime createdAt)
    {
        var order = new PurchaseOrder(shop.MemberId, PurchaseRoutes.SmartRefill, Key: null, 50, 0, amountMinor, "pm_1") { RefillTrigger = "low_balance" };
        var refill = Purchase.Open(order, Guid.CreateVersion7(), createdAt, createdAt, createdAt.AddYears(10));
        await Db(shop).WriteAsync(
            async (payments, token) =>
            {
                payments.Purchases.Add(refill);
                await payments.SaveChangesAsync(token);
                return await payments.Purchases.Where(p => p.Id == refill.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(p => p.Status, PurchaseStatus.Succeeded), token);
            },
            CancellationToken.None);
    }
}
