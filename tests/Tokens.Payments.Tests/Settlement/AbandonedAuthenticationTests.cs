using Tokens.Payments.Refills;
using Tokens.Payments.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Settlement;

/// <summary>A member has time to authenticate, is looked for ever more seldom, and is given up in the end.</summary>
public sealed class AbandonedAuthenticationTests
{
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_member_who_authenticates_and_says_nothing_is_credited(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind, Shop.SettlesSoon);
        var pending = await shop.BuyAsync("pm_3ds");
        shop.Stripe.Intents["pi_1"].Status = "succeeded";

        await shop.BecomesAsync(pending.PurchaseId, "succeeded");

        shop.SinglePosting();
    }

    [Fact]
    public async Task A_member_who_takes_time_to_authenticate_gets_it()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        var pending = await shop.BuyAsync("pm_3ds");
        await shop.AgeAsync(pending.PurchaseId, TimeSpan.FromHours(23));

        var next = await NextCheckAsync(shop, pending.PurchaseId);

        // Asked every half hour by then.
        next.ShouldBeInRange(TimeSpan.FromMinutes(28), TimeSpan.FromMinutes(31));
        shop.Stripe.Intents["pi_1"].Status.ShouldBe("requires_action");
    }

    [Fact]
    public async Task A_young_purchase_is_asked_for_after_a_quarter_of_its_age()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        var pending = await shop.BuyAsync("pm_3ds");
        await shop.AgeAsync(pending.PurchaseId, Minutes);

        (await NextCheckAsync(shop, pending.PurchaseId)).ShouldBeInRange(TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task A_member_who_never_authenticates_is_given_up_after_a_day()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        var pending = await shop.BuyAsync("pm_3ds", key: "k");
        await shop.AgeAsync(pending.PurchaseId, TimeSpan.FromHours(25));

        await shop.BecomesAsync(pending.PurchaseId, "cancelled");

        shop.Stripe.Intents["pi_1"].Status.ShouldBe("canceled");
        (await shop.BuyAsync(key: "k")).Status.ShouldBe(200);
    }

    // It holds the place of the next one, so it ends before Stripe would end it.
    [Fact]
    public async Task A_refill_that_nobody_authenticates_is_given_up_after_23_hours()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        var pending = await shop.BuyAsync("pm_3ds");
        await shop.ChangeRowAsync(pending.PurchaseId, row => row.SetProperty(p => p.RefillTrigger, RefillTrigger.LowBalance));
        await shop.AgeAsync(pending.PurchaseId, TimeSpan.FromHours(22.9));
        (await NextCheckAsync(shop, pending.PurchaseId)).ShouldBeGreaterThan(Minutes);

        await shop.AgeAsync(pending.PurchaseId, TimeSpan.FromHours(23.1));
        await shop.BecomesAsync(pending.PurchaseId, "cancelled");

        shop.Stripe.Intents["pi_1"].Status.ShouldBe("canceled");
        shop.Ledger.PostingsOf(shop.MemberId).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_payment_that_Stripe_never_ends_is_left_to_a_person()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        var pending = await shop.BuyAsync("pm_3ds", key: "k");
        shop.Stripe.Intents["pi_1"].Status = "processing";
        await shop.AgeAsync(pending.PurchaseId, TimeSpan.FromHours(25));

        await shop.IsParkedAsync(pending.PurchaseId, "stays_open");
    }

    private static async Task<TimeSpan> NextCheckAsync(Shop shop, Guid purchaseId)
    {
        TimeSpan next = default;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                var row = await shop.RowAsync(purchaseId);
                // From the look on, which stamped the row, however late that is seen here.
                next = (row.NextCheckAt ?? DateTime.MaxValue) - row.UpdatedAt;
                return row.ClaimedUntil is null && next > TimeSpan.Zero;
            },
            TimeSpan.FromSeconds(60),
            "the purchase has been looked at");
        return next;
    }
}
