using Microsoft.EntityFrameworkCore;
using Tokens.Payments.Events;
using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Events;

/// <summary>What is kept of an event, and how often.</summary>
public sealed class EventInboxTests
{
    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task An_event_that_comes_two_hundred_times_at_once_is_one_row_and_one_effect(StorageKind kind)
    {
        await using var shop = await WebhookShop.OpenAsync(kind);
        var purchase = await shop.OpenPurchaseAsync();
        var body = purchase.Paid();

        var ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => shop.SendAsync(body)));

        (await shop.FinishedAsync(ids[0])).Status.ShouldBe(StripeEventStatus.Applied);
        (await shop.StoredAsync()).ShouldHaveSingleItem();
        shop.Ledger.PostingsOf(purchase.MemberId).ShouldHaveSingleItem();
        (await shop.StatusOfAsync(purchase)).ShouldBe("succeeded");
        await shop.SendAsync(body);
        (await shop.StoredAsync()).ShouldHaveSingleItem().Status.ShouldBe(StripeEventStatus.Applied, "a late copy changes nothing");
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_burst_is_stored_whole_and_worked_off(StorageKind kind)
    {
        await using var shop = await WebhookShop.OpenAsync(kind, ("Webhooks:BatchSizeMax", "7"));
        var bodies = Enumerable.Range(0, 300).Select(_ => Webhook.Succeeded(Guid.NewGuid(), "pi_elsewhere")).ToArray();

        var sent = await Task.WhenAll(bodies.Concat(bodies).Select(body => shop.SendAsync(body)));

        (await shop.StoredAsync()).Select(e => e.Id).ShouldBe(sent.Distinct(), ignoreOrder: true);
        foreach (var id in sent.Distinct())
        {
            (await shop.FinishedAsync(id)).Status.ShouldBe(StripeEventStatus.Ignored);
        }
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_row_holds_what_the_effect_needs_and_nothing_else_of_the_event(StorageKind kind)
    {
        await using var shop = await WebhookShop.OpenAsync(kind);
        var purchase = await shop.OpenPurchaseAsync();

        var row = await shop.FinishedAsync(await shop.SendAsync(purchase.Paid()));

        row.Type.ShouldBe("payment_intent.succeeded");
        row.PaymentIntentId.ShouldBe(purchase.IntentId);
        row.PurchaseId.ShouldBe(purchase.Id);
        (row.AmountMinor, row.Currency).ShouldBe((500, "usd"));
        row.ReceivedAt.ShouldBeInRange(row.CreatedAt, row.CreatedAt.AddMinutes(1));
        row.FinishedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(row.ReceivedAt);
        (row.NextAttemptAt, row.ParkedReason, row.Failures).ShouldBe((null, null, 0));
        var stored = string.Join('\n', await CellsAsync(shop));
        stored.ShouldContain(row.Id);
        stored.ShouldNotContain("secret");
        stored.ShouldNotContain("4242");
        stored.ShouldNotContain("visa");
    }

    private static Task<List<string>> CellsAsync(WebhookShop shop) => shop.WriteAsync(async (db, token) =>
    {
        var cells = new List<string>();
        await db.Database.OpenConnectionAsync(token);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = db.IsSqlite ? "SELECT * FROM stripe_events" : "SELECT * FROM payments.stripe_events";
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            cells.AddRange(values.Select(value => value.ToString() ?? ""));
        }

        return cells;
    });
}
