using Microsoft.EntityFrameworkCore;
using Tokens.Payments.Events;
using Tokens.Payments.Parking;
using Tokens.Payments.Tests.Parts;
using Tokens.Platform.Problems;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Events;

/// <summary>Every stored event finds its end, whatever stands in its way.</summary>
public sealed class EventWorkerTests
{
    public static TheoryData<StorageKind> Kinds => new(StorageKind.Sqlite, StorageKind.Postgres);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_payment_that_succeeded_is_credited(StorageKind kind)
    {
        await using var shop = await WebhookShop.OpenAsync(kind);
        var purchase = await shop.OpenPurchaseAsync();

        var row = await shop.FinishedAsync(await shop.SendAsync(purchase.Paid()));

        row.Status.ShouldBe(StripeEventStatus.Applied);
        (await shop.StatusOfAsync(purchase)).ShouldBe("succeeded");
        shop.Ledger.PostingsOf(purchase.MemberId).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("payment_intent.canceled")]
    [InlineData("payment_intent.payment_failed")]
    public async Task Other_news_are_applied_and_credit_nothing(string type)
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        var purchase = await shop.OpenPurchaseAsync();

        var own = await shop.FinishedAsync(await shop.SendAsync(Webhook.Json(type, purchase.Id.ToString(), purchase.IntentId)));
        var others = await shop.FinishedAsync(await shop.SendAsync(Webhook.Json(type, purchase.Id.ToString(), "pi_other")));

        own.Status.ShouldBe(StripeEventStatus.Applied);
        others.Status.ShouldBe(StripeEventStatus.Ignored, "an intent that was given up may end without a payment");
        shop.Ledger.PostingsOf(purchase.MemberId).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task News_about_a_purchase_of_another_installation_are_ignored(StorageKind kind)
    {
        await using var shop = await WebhookShop.OpenAsync(kind);
        foreach (var type in new[] { "payment_intent.succeeded", "payment_intent.canceled", "payment_intent.payment_failed" })
        {
            var row = await shop.FinishedAsync(await shop.SendAsync(Webhook.Json(type, Guid.NewGuid().ToString())));
            row.Status.ShouldBe(StripeEventStatus.Ignored);
        }
    }

    [Theory]
    [InlineData(StorageKind.Sqlite, 499, "usd", null, "amount_mismatch")]
    [InlineData(StorageKind.Postgres, 499, "usd", null, "amount_mismatch")]
    [InlineData(StorageKind.Sqlite, 500, "jpy", null, "amount_mismatch")]
    [InlineData(StorageKind.Sqlite, 500, "usd", "pi_other", "other_intent")]
    [InlineData(StorageKind.Postgres, 500, "usd", "pi_other", "other_intent")]
    public async Task A_payment_that_does_not_fit_its_purchase_waits_for_a_person(
        StorageKind kind, long amount, string currency, string? intentId, string reason)
    {
        await using var shop = await WebhookShop.OpenAsync(kind);
        using var counts = new Counts(shop.Host.Services);
        var purchase = await shop.OpenPurchaseAsync();

        var row = await shop.FinishedAsync(await shop.SendAsync(purchase.Paid(amount, currency, intentId)));

        (row.Status, row.ParkedReason, row.NextAttemptAt).ShouldBe((StripeEventStatus.Parked, reason, null));
        shop.Ledger.PostingsOf(purchase.MemberId).ShouldBeEmpty();
        await Eventually.BecomesTrueAsync(
            () => counts.Of(PaymentsMetrics.ParkedName).Contains($"kind=stripe_event,reason={reason}: 1"),
            WebhookShop.Soon,
            "it is counted");
    }

    [Fact]
    public async Task A_payment_of_which_half_was_received_waits_for_a_person()
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Sqlite);
        var purchase = await shop.OpenPurchaseAsync();

        var body = purchase.Paid().Replace("\"amount_received\": 500", "\"amount_received\": 250", StringComparison.Ordinal);

        var row = await shop.FinishedAsync(await shop.SendAsync(body));

        (row.Status, row.ParkedReason, row.AmountMinor).ShouldBe((StripeEventStatus.Parked, ParkedReason.AmountMismatch, 250));
        shop.Ledger.PostingsOf(purchase.MemberId).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_event_that_was_put_off_by_a_clock_set_back_since_is_applied_at_once(StorageKind kind)
    {
        await using var shop = await WebhookShop.OpenAsync(kind);
        var purchase = await shop.OpenPurchaseAsync();
        var id = await shop.SendAsync(Webhook.Succeeded(Guid.NewGuid(), "pi_elsewhere"));
        await shop.FinishedAsync(id);
        var ahead = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5);
        await shop.WriteAsync((db, token) => db.StripeEvents.ExecuteUpdateAsync(
            set => set.SetProperty(e => e.PurchaseId, purchase.Id).SetProperty(e => e.PaymentIntentId, purchase.IntentId)
                .SetProperty(e => e.Status, StripeEventStatus.Pending).SetProperty(e => e.NextAttemptAt, ahead)
                .SetProperty(e => e.FinishedAt, (DateTime?)null),
            token));

        (await shop.FinishedAsync(id)).Status.ShouldBe(StripeEventStatus.Applied);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_event_that_keeps_failing_is_parked_and_holds_up_no_other(StorageKind kind)
    {
        await using var shop = await WebhookShop.OpenAsync(
            kind, ("Webhooks:FailuresMax", "3"), ("Webhooks:FailurePauseMilliseconds", "10"), ("Webhooks:PollMilliseconds", "10"),
            ("Webhooks:WorkersMax", "1"), ("Webhooks:LotSizeMax", "2"));
        var poisoned = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            poisoned.Add(await shop.SendAsync(Webhook.Succeeded(Guid.NewGuid(), "pi_elsewhere")));
        }

        // As a newer release may have stored them, which an older one then finds.
        foreach (var id in poisoned)
        {
            await shop.FinishedAsync(id);
        }

        await shop.WriteAsync((db, token) => db.StripeEvents.ExecuteUpdateAsync(
            set => set.SetProperty(e => e.Type, "payment_intent.of_tomorrow").SetProperty(e => e.Status, StripeEventStatus.Pending)
                .SetProperty(e => e.NextAttemptAt, e => e.ReceivedAt).SetProperty(e => e.FinishedAt, (DateTime?)null),
            token));
        var purchase = await shop.OpenPurchaseAsync();

        (await shop.FinishedAsync(await shop.SendAsync(purchase.Paid()))).Status.ShouldBe(StripeEventStatus.Applied);

        foreach (var id in poisoned)
        {
            var row = await shop.FinishedAsync(id);
            (row.Status, row.ParkedReason, row.Failures).ShouldBe((StripeEventStatus.Parked, ParkedReason.KeepsFailing, 3));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task While_the_ledger_is_away_an_event_waits_and_is_never_parked(StorageKind kind)
    {
        await using var shop = await WebhookShop.OpenAsync(kind);
        var purchase = await shop.OpenPurchaseAsync();
        var ledger = new WatchedLedger(shop.Ledger)
        {
            Before = _ => throw new ProblemException(new Problem(ProblemKind.DatabaseUnavailable, "The ledger could not be reached.")),
        };
        // The first host takes no event any more.
        await shop.StopFirstHostAsync();
        var host = await shop.AddHostAsync(
            ledger, ("Webhooks:FailuresMax", "1"), ("Webhooks:AwayPauseMilliseconds", "10"), ("Webhooks:PollMilliseconds", "10"));

        var id = await shop.SendAsync(purchase.Paid(), host);
        await Eventually.BecomesTrueAsync(() => ledger.CallsFor(purchase.Id) >= 5, WebhookShop.Soon, "the worker comes back to it");
        var waiting = await shop.FindAsync(id);
        (waiting.Status, waiting.Failures).ShouldBe((StripeEventStatus.Pending, 0));

        ledger.Before = _ => Task.CompletedTask;
        (await shop.FinishedAsync(id)).Status.ShouldBe(StripeEventStatus.Applied);
        shop.Ledger.PostingsOf(purchase.MemberId).ShouldHaveSingleItem();
    }
}
