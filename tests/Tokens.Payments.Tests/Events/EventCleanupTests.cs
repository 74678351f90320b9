using Microsoft.EntityFrameworkCore;
using Tokens.Payments.Events;
using Tokens.Payments.Parking;
using Tokens.Payments.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Payments.Tests.Events;

public sealed class EventCleanupTests
{
    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task Events_that_ended_long_ago_are_removed_and_no_others(StorageKind kind)
    {
        await using var shop = await WebhookShop.OpenAsync(kind);
        var ids = new List<string>();
        for (var i = 0; i < 9; i++)
        {
            ids.Add(await shop.SendAsync(Webhook.Succeeded(Guid.NewGuid(), "pi_elsewhere")));
            await shop.FinishedAsync(ids[i]);
        }

        var longAgo = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-31);
        var (old, parked, released) = (ids[..5], ids[5], ids[6]);
        await shop.WriteAsync((db, token) => db.StripeEvents.Where(e => old.Contains(e.Id) || e.Id == parked || e.Id == released)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.ReceivedAt, longAgo), token));
        await shop.WriteAsync((db, token) => db.StripeEvents.Where(e => old.Contains(e.Id) || e.Id == parked)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.FinishedAt, longAgo), token));
        await shop.WriteAsync((db, token) => db.StripeEvents.Where(e => e.Id == parked).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.Status, StripeEventStatus.Parked).SetProperty(e => e.ParkedReason, ParkedReason.KeepsFailing),
            token));

        await shop.AddHostAsync(settings: [("Webhooks:KeepDays", "30"), ("Webhooks:CleanupBatchSizeMax", "2")]);

        await Eventually.BecomesTrueAsync(
            async () => !(await shop.StoredAsync()).Exists(e => old.Contains(e.Id)), WebhookShop.Soon, "the old ones are gone");
        (await shop.StoredAsync()).Select(e => e.Id).ShouldBe(ids[5..], ignoreOrder: true);
    }
}
