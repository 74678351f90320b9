using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tokens.Payments.Purchases;
using Tokens.Payments.Settlement;
using Tokens.Payments.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Settlement;

/// <summary>Purchases that nobody waits for come to their end by themselves, and no charge is started for them.</summary>
public sealed class SettlementTests
{
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_charge_whose_reply_was_lost_is_credited(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind, Shop.SettlesSoon);
        shop.Stripe.Fail("confirm", [.. Enumerable.Repeat(StripeFault.LostReply, 4)]);
        shop.Stripe.Fail("retrieve", StripeStub.AwayForGood);
        var away = await shop.BuyAsync(key: "k");
        away.Status.ShouldBe(503);

        await shop.BecomesAsync(away.PurchaseId, "succeeded");

        shop.SinglePosting();
        (await shop.RowAsync(away.PurchaseId)).NextCheckAt.ShouldBeNull();
        var again = await shop.BuyAsync(key: "k");
        again.IsReplay.ShouldBeTrue();
        again.PurchaseId.ShouldBe(away.PurchaseId);
        shop.Stripe.Charges.ShouldBe(1);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_charge_that_had_no_effect_is_given_up_at_Stripe_first_and_its_key_is_free(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind, Shop.SettlesSoon);
        shop.Stripe.Fail("confirm", StripeStub.AwayForGood);
        shop.Stripe.Fail("retrieve", StripeStub.AwayForGood);
        var away = await shop.BuyAsync(key: "k");

        await shop.BecomesAsync(away.PurchaseId, "cancelled");

        shop.Stripe.Intents["pi_1"].Status.ShouldBe("canceled");
        shop.Stripe.CountOf("confirm").ShouldBe(4);
        var paid = await shop.BuyAsync(key: "k");
        paid.Status.ShouldBe(200);
        paid.PurchaseId.ShouldNotBe(away.PurchaseId);
        shop.SinglePosting();
    }

    [Fact]
    public async Task A_purchase_of_which_Stripe_knows_nothing_is_given_up_without_asking()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        shop.Stripe.Fail("create", StripeStub.AwayForGood);
        var away = await shop.BuyAsync(key: "k");

        await shop.BecomesAsync(away.PurchaseId, "cancelled");

        shop.Stripe.CountOf("create").ShouldBe(4);
        shop.Stripe.Calls.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_purchase_that_a_caller_waits_for_is_not_settled()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        var gate = shop.Stripe.Hold("confirm");
        var call = shop.BuyAsync(key: "k");
        await Eventually.BecomesTrueAsync(
            () => shop.Stripe.CountOf("confirm") == 1, TimeSpan.FromSeconds(10), "the charge is asked for");

        // Many rounds of the worker go by.
        await Should.ThrowAsync<TimeoutException>(() => call.WaitAsync(TimeSpan.FromSeconds(1)));
        gate.SetResult();

        (await call).Status.ShouldBe(200);
        shop.Stripe.CountOf("retrieve").ShouldBe(0);
        shop.Stripe.CountOf("cancel").ShouldBe(0);
    }

    [Fact]
    public async Task While_Stripe_is_away_it_is_asked_again_and_once_it_is_back_all_is_settled()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        shop.Stripe.Fail("confirm", [.. Enumerable.Repeat(StripeFault.LostReply, 4)]);
        shop.Stripe.Fail("retrieve", [.. Enumerable.Repeat(StripeFault.ErrorWithoutEffect, 20)]);
        var away = await shop.BuyAsync(key: "k");

        await shop.BecomesAsync(away.PurchaseId, "succeeded");

        shop.Stripe.CountOf("retrieve").ShouldBe(21);
        shop.SinglePosting();
    }

    [Fact]
    public async Task What_a_decline_left_is_cancelled_as_soon_as_Stripe_can_be_reached()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        shop.Stripe.Fail("cancel", [.. Enumerable.Repeat(StripeFault.DroppedBefore, 9)]);
        var refused = await shop.BuyAsync("pm_decline/card_declined/insufficient_funds", key: "k");
        refused.Status.ShouldBe(402);

        await shop.IntentBecomesAsync("pi_1", "canceled");

        await Eventually.BecomesTrueAsync(
            async () => (await SinglePurchaseAsync(shop)).NextCheckAt is null, TimeSpan.FromSeconds(10), "nothing is left to do");
        (await SinglePurchaseAsync(shop)).Status.ShouldBe(PurchaseStatus.Declined);
    }

    [Fact]
    public async Task A_payment_that_comes_after_all_is_owed_in_tokens_and_leaves_the_key_to_its_new_holder()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite, Shop.SettlesSoon);
        shop.Stripe.Fail("cancel", [.. Enumerable.Repeat(StripeFault.DroppedBefore, 8)]);
        (await shop.BuyAsync("pm_decline/card_declined/insufficient_funds", key: "k")).Status.ShouldBe(402);
        var late = await SinglePurchaseAsync(shop);
        (await shop.BuyAsync(key: "k")).Status.ShouldBe(200);
        shop.Stripe.Intents["pi_1"].Status = "succeeded";

        await shop.BecomesAsync(late.Id, "succeeded");

        shop.Ledger.PostingsOf(shop.MemberId).Count.ShouldBe(2);
        (await shop.RowAsync(late.Id)).IdempotencyKey.ShouldBeNull();
        (await shop.BuyAsync(key: "k")).PurchaseId.ShouldNotBe(late.Id);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_purchase_that_keeps_failing_is_parked_and_stops_no_other(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind, Shop.SettlesSoon, ("Settlement:FailuresMax", "3"));
        var poisoned = await shop.BuyAsync("pm_3ds");
        var healthy = await shop.BuyAsync("pm_3ds", tokens: 200);
        shop.Ledger.Poison(poisoned.PurchaseId);
        shop.Stripe.Intents["pi_1"].Status = "succeeded";
        shop.Stripe.Intents["pi_2"].Status = "succeeded";

        await shop.BecomesAsync(healthy.PurchaseId, "succeeded");
        await shop.IsParkedAsync(poisoned.PurchaseId, "keeps_failing");

        (await shop.RowAsync(poisoned.PurchaseId)).Failures.ShouldBe(3);
        shop.SinglePosting();
    }

    [Fact]
    public async Task Two_hosts_settle_a_purchase_once()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Postgres);
        await shop.AddHostAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.Host.BuyPackageAsync(Guid.CreateVersion7(), "pm_3ds")));
        foreach (var intent in shop.Stripe.Intents.Values)
        {
            intent.Status = "succeeded";
        }

        await Task.WhenAll(answers.Select(answer => shop.AgeAsync(answer.PurchaseId, Minutes)));

        foreach (var answer in answers)
        {
            await shop.BecomesAsync(answer.PurchaseId, "succeeded");
        }

        shop.Stripe.CountOf("retrieve").ShouldBe(20);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite, 60)]
    [InlineData(StorageKind.Postgres, 60)]
    [InlineData(StorageKind.Sqlite, 10)]
    [InlineData(StorageKind.Postgres, 10)]
    public async Task What_a_clock_wrote_that_was_set_back_since_is_settled_at_once(StorageKind kind, int minutesAhead)
    {
        await using var shop = await Shop.OpenAsync(kind);
        var pending = await shop.BuyAsync("pm_3ds");
        shop.Stripe.Intents["pi_1"].Status = "succeeded";
        var ahead = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(minutesAhead);

        await shop.ChangeRowAsync(pending.PurchaseId, row => row
            .SetProperty(p => p.CreatedAt, ahead)
            .SetProperty(p => p.UpdatedAt, ahead)
            .SetProperty(p => p.NextCheckAt, ahead.AddSeconds(10))
            .SetProperty(p => p.ClaimedUntil, ahead.AddSeconds(4)));

        await shop.BecomesAsync(pending.PurchaseId, "succeeded");
        shop.SinglePosting();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task What_a_clock_ahead_wrote_is_due_again_when_the_claim_of_a_drive_that_died_at_it_ends(StorageKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        var pending = await shop.BuyAsync("pm_3ds");
        await shop.Host.Services.GetServices<IHostedService>().OfType<SettlementWorker>().Single().StopAsync(CancellationToken.None);
        var ahead = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(10);
        await shop.ChangeRowAsync(pending.PurchaseId, row => row
            .SetProperty(p => p.UpdatedAt, ahead)
            .SetProperty(p => p.NextCheckAt, ahead)
            .SetProperty(p => p.ClaimedUntil, (DateTime?)null));

        var claimed = await shop.Host.Services.GetRequiredService<PurchaseStore>()
            .TryClaimAsync(pending.PurchaseId, DriveMode.Settle, CancellationToken.None);

        claimed.ShouldNotBeNull().NextCheckAt.ShouldBe(claimed.ClaimedUntil);
    }

    [Fact]
    public async Task What_another_hosts_clock_that_is_a_little_ahead_has_claimed_is_left_to_it()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var pending = await shop.BuyAsync("pm_3ds");
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var claims = shop.Host.Services.GetRequiredService<PurchaseClaims>();

        await shop.ChangeRowAsync(pending.PurchaseId, row => row.SetProperty(p => p.ClaimedUntil, now.AddSeconds(20)));
        (await shop.RowsAsync()).AsQueryable().Where(claims.Free).ShouldBeEmpty();

        await shop.ChangeRowAsync(pending.PurchaseId, row => row.SetProperty(p => p.ClaimedUntil, now.AddMinutes(2)));
        (await shop.RowsAsync()).AsQueryable().Where(claims.Free).ShouldHaveSingleItem();
    }

    private static async Task<Purchase> SinglePurchaseAsync(Shop shop) =>
        (await shop.RowsAsync()).OrderBy(row => row.CreatedAt).First();
}
