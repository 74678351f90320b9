using Tokens.Payments.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Purchases;

/// <summary>A purchase whose caller's patience, connection or host ends before it does.</summary>
public sealed class PurchaseTimesTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task No_charge_is_asked_for_so_late_that_its_caller_would_be_told_before_it_ends()
    {
        await using var shop = await Shop.OpenAsync(
            StorageKind.Sqlite, ("Payments:LastChargeMilliseconds", "100"), ("Resilience:Stripe:RetryDelayMilliseconds", "300"));
        shop.Stripe.Fail("create", StripeFault.TooManyRequests, StripeFault.TooManyRequests);

        (await shop.BuyAsync(key: "k")).Status.ShouldBe(503);

        shop.Stripe.CountOf("confirm").ShouldBe(0);
        shop.Stripe.Intents["pi_1"].Status.ShouldBe("canceled");
    }

    [Fact]
    public async Task A_client_that_goes_away_stops_nothing()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var gate = shop.Stripe.Hold("confirm");
        using var client = new CancellationTokenSource();
        var call = shop.Host.BuyAsync(
            shop.MemberId, new { tokenAmount = 50, paymentMethodId = "pm_card_visa" }, "k", cancellationToken: client.Token);
        await Eventually.BecomesTrueAsync(() => shop.Stripe.CountOf("confirm") == 1, Soon, "the charge is asked for");
        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);

        gate.SetResult();

        await Eventually.BecomesTrueAsync(() => shop.Ledger.PostingsOf(shop.MemberId).Count == 1, Soon, "the purchase is credited");
        (await shop.BuyAsync(key: "k")).IsReplay.ShouldBeTrue();
        shop.Stripe.Charges.ShouldBe(1);
    }

    [Fact]
    public async Task A_purchase_that_takes_too_long_is_answered_in_time_and_found_later()
    {
        await using var shop = await Shop.OpenAsync(
            StorageKind.Sqlite,
            ("Payments:AnswerWithinMilliseconds", "3000"),
            ("Payments:ChargeWithinMilliseconds", "2800"),
            ("Payments:LastChargeMilliseconds", "2500"));
        var gate = shop.Stripe.Hold("confirm");

        var late = await shop.BuyAsync(key: "k");
        late.Status.ShouldBe(503);
        gate.SetResult();
        await Eventually.BecomesTrueAsync(() => shop.Stripe.Charges == 1, Soon, "Stripe carries out what it was sent");

        (await shop.BuyAsync(key: "k")).PurchaseId.ShouldBe(late.PurchaseId);
        shop.Stripe.Charges.ShouldBe(1);
        shop.SinglePosting();
    }

    [Fact]
    public async Task A_host_that_stops_finishes_the_purchase_it_is_at()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);
        var gate = shop.Stripe.Hold("confirm");
        using var client = new CancellationTokenSource();
        var call = shop.Host.BuyAsync(
            shop.MemberId, new { tokenAmount = 50, paymentMethodId = "pm_card_visa" }, cancellationToken: client.Token);
        await Eventually.BecomesTrueAsync(() => shop.Stripe.CountOf("confirm") == 1, Soon, "the charge is asked for");
        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);

        var stop = shop.Host.StopAsync();
        gate.SetResult();
        await stop;

        shop.SinglePosting();
    }
}
