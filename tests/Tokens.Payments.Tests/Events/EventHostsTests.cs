using Microsoft.EntityFrameworkCore;
using Tokens.Payments.Events;
using Tokens.Payments.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Events;

/// <summary>An event that a host has taken is applied once, whatever becomes of the host.</summary>
public sealed class EventHostsTests
{
    public static TheoryData<StorageKind> Kinds => new(StorageKind.Sqlite, StorageKind.Postgres);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_a_frozen_host_has_taken_another_one_applies(StorageKind kind)
    {
        await using var shop = await WebhookShop.OpenAsync(kind);
        var purchase = await shop.OpenPurchaseAsync();
        await shop.StopFirstHostAsync();
        var frozen = new TaskCompletionSource();
        var ledger = new WatchedLedger(shop.Ledger) { Before = _ => frozen.Task };
        var first = await shop.AddHostAsync(ledger, ("Webhooks:LeaseMilliseconds", "1000"));
        var id = await shop.SendAsync(purchase.Paid(), first);
        await Eventually.BecomesTrueAsync(() => ledger.CallsFor(purchase.Id) >= 1, WebhookShop.Soon, "the first host has taken it");

        await shop.AddHostAsync();

        (await shop.FinishedAsync(id)).Status.ShouldBe(StripeEventStatus.Applied);
        frozen.SetResult();
        await first.StopAsync();
        (await shop.FindAsync(id)).Status.ShouldBe(StripeEventStatus.Applied, "who comes too late changes nothing");
        shop.Ledger.PostingsOf(purchase.MemberId).ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_a_host_left_undone_the_next_one_applies(StorageKind kind)
    {
        await using var shop = await WebhookShop.OpenAsync(kind);
        var purchase = await shop.OpenPurchaseAsync();
        var id = await shop.SendAsync(Webhook.Succeeded(Guid.NewGuid(), "pi_elsewhere"));
        await shop.FinishedAsync(id);
        await shop.StopFirstHostAsync();
        // As it stands after a host was killed between storing and applying.
        await shop.WriteAsync((db, token) => db.StripeEvents.ExecuteUpdateAsync(
            set => set.SetProperty(e => e.PurchaseId, purchase.Id).SetProperty(e => e.PaymentIntentId, purchase.IntentId)
                .SetProperty(e => e.Status, StripeEventStatus.Pending).SetProperty(e => e.NextAttemptAt, e => e.ReceivedAt)
                .SetProperty(e => e.FinishedAt, (DateTime?)null),
            token));

        await shop.AddHostAsync();

        (await shop.FinishedAsync(id)).Status.ShouldBe(StripeEventStatus.Applied);
        shop.Ledger.PostingsOf(purchase.MemberId).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Two_hosts_on_one_database_apply_each_event_once()
    {
        await using var shop = await WebhookShop.OpenAsync(StorageKind.Postgres);
        var purchases = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => shop.OpenPurchaseAsync()));
        await shop.StopFirstHostAsync();
        var ledger = new WatchedLedger(shop.Ledger);
        PaymentsHost[] hosts =
        [
            await shop.AddHostAsync(ledger, ("Webhooks:PollMilliseconds", "10")),
            await shop.AddHostAsync(ledger, ("Webhooks:PollMilliseconds", "10")),
        ];

        var ids = await Task.WhenAll(purchases.Select(purchase => purchase.Paid())
            .SelectMany(body => hosts.Select(host => shop.SendAsync(body, host))));

        foreach (var id in ids.Distinct())
        {
            (await shop.FinishedAsync(id)).Status.ShouldBe(StripeEventStatus.Applied);
        }

        purchases.ShouldAllBe(purchase => ledger.CallsFor(purchase.Id) == 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_host_that_stops_ends_what_it_has_taken(StorageKind kind)
    {
        await using var shop = await WebhookShop.OpenAsync(kind);
        var purchase = await shop.OpenPurchaseAsync();
        await shop.StopFirstHostAsync();
        var gate = new TaskCompletionSource();
        var ledger = new WatchedLedger(shop.Ledger) { Before = _ => gate.Task };
        var host = await shop.AddHostAsync(ledger);
        var id = await shop.SendAsync(purchase.Paid(), host);
        await Eventually.BecomesTrueAsync(() => ledger.CallsFor(purchase.Id) == 1, WebhookShop.Soon, "the host has taken it");

        var stopping = host.StopAsync();
        stopping.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        await stopping;

        (await shop.FindAsync(id)).Status.ShouldBe(StripeEventStatus.Applied);
    }
}
