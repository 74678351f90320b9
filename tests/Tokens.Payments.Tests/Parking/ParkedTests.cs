using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Payments.Data;
using Tokens.Payments.Parking;
using Tokens.Payments.Purchases;
using Tokens.Payments.Tests.Parts;
using Tokens.Platform.Storage;
using Tokens.Testing;
using Tokens.Testing.Products;
using Answer = Tokens.Testing.Products.Answer;

namespace Tokens.Payments.Tests.Parking;

/// <summary>What an administrator sees of parked payments, and does about them.</summary>
public abstract class ParkedTests(ProductFixture product)
{
    private const string Parked = "/api/tokens/admin/payments/parked";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_event_is_listed_released_and_parked_again_while_its_cause_lasts()
    {
        using var admin = await product.SignInAsync(roles: "tokens-admin");
        using var member = await product.SignInAsync();
        var (purchaseId, intentId) = await OpenPurchaseAsync(member);
        var eventId = await SendAsync(Webhook.Succeeded(purchaseId, intentId, amount: 499));

        var item = await ListedAsync(admin, eventId);

        item.GetProperty("kind").GetString().ShouldBe("stripe_event");
        item.GetProperty("reason").GetString().ShouldBe("amount_mismatch");
        item.GetProperty("purchaseId").GetGuid().ShouldBe(purchaseId);
        item.GetProperty("paymentIntentId").GetString().ShouldBe(intentId);
        item.GetProperty("amountMinor").GetInt64().ShouldBe(499);
        item.GetProperty("currency").GetString().ShouldBe("usd");
        item.GetProperty("failures").GetInt32().ShouldBe(0);
        var parkedAt = item.GetProperty("parkedAt").GetDateTime();
        parkedAt.ShouldBeInRange(TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1), TimeProvider.System.GetUtcNow().UtcDateTime);

        var released = await admin.PostAsync($"{Parked}/{eventId}/release", new { });
        released.Status.ShouldBe(200, released.Text);
        released.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        released.Json.GetProperty("id").GetString().ShouldBe(eventId);
        released.Json.GetProperty("kind").GetString().ShouldBe("stripe_event");
        released.Json.GetProperty("timestamp").GetString()!.ShouldEndWith("Z");
        await Eventually.BecomesTrueAsync(
            async () => (await ListedAsync(admin, eventId)).GetProperty("parkedAt").GetDateTime() > parkedAt, Soon, "it is parked again");
        (await member.BalanceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_event_whose_cause_is_gone_has_its_effect_once_it_is_released()
    {
        using var admin = await product.SignInAsync(roles: "tokens-admin");
        using var member = await product.SignInAsync();
        var (purchaseId, intentId) = await OpenPurchaseAsync(member);
        var eventId = await SendAsync(Webhook.Succeeded(purchaseId, intentId, amount: 499));
        await ListedAsync(admin, eventId);
        await WriteAsync((db, token) => db.StripeEvents.Where(e => e.Id == eventId)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.AmountMinor, 500), token));

        (await admin.PostAsync($"{Parked}/{eventId}/release", new { })).Status.ShouldBe(200);

        await Eventually.BecomesTrueAsync(async () => await member.BalanceAsync() == 50, Soon, "the tokens are credited");
        (await admin.PostAsync($"{Parked}/{eventId}/release", new { })).Code.ShouldBe("not_found", "it isn't parked any more");
    }

    [Fact]
    public async Task A_purchase_is_listed_and_released_once()
    {
        using var admin = await product.SignInAsync(roles: "tokens-admin");
        using var member = await product.SignInAsync();
        var (purchaseId, intentId) = await OpenPurchaseAsync(member);
        await ParkAsync(purchaseId);

        var item = await ListedAsync(admin, purchaseId.ToString());
        item.GetProperty("kind").GetString().ShouldBe("purchase");
        item.GetProperty("reason").GetString().ShouldBe("keeps_failing");
        item.GetProperty("purchaseId").GetGuid().ShouldBe(purchaseId);
        item.GetProperty("paymentIntentId").GetString().ShouldBe(intentId);
        item.GetProperty("amountMinor").GetInt64().ShouldBe(500);
        item.GetProperty("failures").GetInt32().ShouldBe(7);
        var before = await FindAsync(purchaseId);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => admin.PostAsync($"{Parked}/{purchaseId}/release", new { })));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Status == 404 && answer.Code == "not_found").ShouldBe(4);
        var after = await FindAsync(purchaseId);
        (after.Failures, after.ParkedReason).ShouldBe((0, null));
        after.NextCheckAt.ShouldNotBeNull();
        after.Version.ShouldBeGreaterThan(before.Version, "a host that has it in hand must read it again");
    }

    [Fact]
    public async Task Pages_cover_events_and_purchases_without_gap_or_repeat()
    {
        using var admin = await product.SignInAsync(roles: "tokens-admin");
        using var member = await product.SignInAsync();
        var expected = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var (purchaseId, intentId) = await OpenPurchaseAsync(member);
            await ParkAsync(purchaseId);
            expected.Add(purchaseId.ToString());
            expected.Add(await SendAsync(Webhook.Succeeded(purchaseId, intentId, amount: 1)));
            await ListedAsync(admin, expected[^1]);
        }

        foreach (var limit in new[] { 1, 2, 200 })
        {
            var listed = await ListAsync(admin, limit);
            listed.ShouldBeUnique();
            expected.ShouldBeSubsetOf(listed);
            listed.SkipWhile(id => id.StartsWith("evt_", StringComparison.Ordinal)).ShouldAllBe(id => !id.StartsWith("evt_"));
        }
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?limit=many")]
    [InlineData("?cursor=nonsense")]
    [InlineData("?cursor=purchase:7")]
    [InlineData("?cursor=stripe_event:")]
    [InlineData("?cursor=")]
    public async Task A_page_that_can_not_be_is_refused(string query)
    {
        using var admin = await product.SignInAsync(roles: "tokens-admin");
        (await admin.GetAsync(Parked + query)).Code.ShouldBe("validation_failed");
    }

    [Theory]
    [InlineData("evt_unknown")]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    [InlineData("anything%20else")]
    public async Task What_is_not_parked_can_not_be_released(string id)
    {
        using var admin = await product.SignInAsync(roles: "tokens-admin");
        (await admin.PostAsync($"{Parked}/{id}/release", new { })).Code.ShouldBe("not_found");
    }

    [Fact]
    public async Task Only_administrators_see_and_release()
    {
        using var member = await product.SignInAsync();
        (await member.GetAsync(Parked)).Code.ShouldBe("forbidden");
        (await member.PostAsync($"{Parked}/evt_1/release", new { })).Code.ShouldBe("forbidden");
        using var stranger = new HttpClient { BaseAddress = product.Product.Gateway };
        (await Answer.ReadAsync(await stranger.GetAsync(Parked))).Code.ShouldBe("unauthenticated");
    }

    private static async Task<(Guid PurchaseId, string IntentId)> OpenPurchaseAsync(TestMember member)
    {
        var answer = await member.PostAsync(
            "/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_threeDSecure2Required" }, Guid.NewGuid().ToString());
        answer.Status.ShouldBe(200, answer.Text);
        return (answer.Json.GetProperty("transaction").GetProperty("id").GetGuid(),
            answer.Json.GetProperty("paymentIntent").GetProperty("id").GetString()!);
    }

    private async Task<string> SendAsync(string body)
    {
        using var client = new HttpClient { BaseAddress = product.Product.Gateway };
        var answer = await Webhook.SendAsync(client, body);
        answer.Status.ShouldBe(200, answer.Text);
        return Webhook.IdOf(body);
    }

    private static async Task<JsonElement> ListedAsync(TestMember admin, string id)
    {
        JsonElement? listed = null;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                var answer = await admin.GetAsync(Parked + "?limit=200");
                answer.Status.ShouldBe(200, answer.Text);
                answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
                listed = answer.Json.GetProperty("parked").EnumerateArray()
                    .Select(item => (JsonElement?)item).FirstOrDefault(item => item!.Value.GetProperty("id").GetString() == id);
                return listed is not null;
            },
            Soon,
            $"{id} is listed");
        return listed!.Value;
    }

    private static async Task<List<string>> ListAsync(TestMember admin, int limit)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var path = $"{Parked}?limit={limit}" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor));
            var page = (await admin.GetAsync(path)).Json;
            page.GetProperty("parked").GetArrayLength().ShouldBeLessThanOrEqualTo(limit);
            ids.AddRange(page.GetProperty("parked").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        return ids;
    }

    // As the settlement does after its attempts.
    private Task<int> ParkAsync(Guid purchaseId) => WriteAsync((db, token) => db.Purchases.Where(p => p.Id == purchaseId)
        .ExecuteUpdateAsync(
            set => set.SetProperty(p => p.ParkedReason, ParkedReason.KeepsFailing).SetProperty(p => p.Failures, 7)
                .SetProperty(p => p.NextCheckAt, (DateTime?)null).SetProperty(p => p.Version, p => p.Version + 1),
            token));

    private Task<Purchase> FindAsync(Guid purchaseId) => WriteAsync((db, token) =>
        db.Purchases.AsNoTracking().SingleAsync(p => p.Id == purchaseId, token));

    private Task<T> WriteAsync<T>(Func<PaymentsDb, CancellationToken, Task<T>> work) =>
        product.Product.Services.GetRequiredService<IModuleDb<PaymentsDb>>().WriteAsync(work, CancellationToken.None);
}

public sealed class ParkedOnSqliteTests(SqliteWebhooks product) : ParkedTests(product), IClassFixture<SqliteWebhooks>;

public sealed class ParkedOnPostgresTests(PostgresWebhooks product) : ParkedTests(product), IClassFixture<PostgresWebhooks>;
