using Microsoft.EntityFrameworkCore;
using Tokens.Payments.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;
using Answer = Tokens.Testing.Products.Answer;

namespace Tokens.Payments.Tests.Parking;

/// <summary>What an administrator sees of parked payments, and does about them.</summary>
public abstract class ParkedTests(ProductFixture product)
{
    private readonly ParkedDesk _desk = new(product);

    [Fact]
    public async Task An_event_is_listed_released_and_parked_again_while_its_cause_lasts()
    {
        using var admin = await product.SignInAsync(roles: "tokens-admin");
        using var member = await product.SignInAsync();
        var (purchaseId, intentId) = await ParkedDesk.OpenPurchaseAsync(member);
        var eventId = await _desk.SendAsync(Webhook.Succeeded(purchaseId, intentId, amount: 499));

        var item = await ParkedDesk.ListedAsync(admin, eventId);

        item.GetProperty("kind").GetString().ShouldBe("stripe_event");
        item.GetProperty("reason").GetString().ShouldBe("amount_mismatch");
        item.GetProperty("purchaseId").GetGuid().ShouldBe(purchaseId);
        item.GetProperty("paymentIntentId").GetString().ShouldBe(intentId);
        item.GetProperty("amountMinor").GetInt64().ShouldBe(499);
        item.GetProperty("currency").GetString().ShouldBe("usd");
        item.GetProperty("failures").GetInt32().ShouldBe(0);
        var parkedAt = item.GetProperty("parkedAt").GetDateTime();
        parkedAt.ShouldBeInRange(TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1), TimeProvider.System.GetUtcNow().UtcDateTime);

        (await _desk.ShownToOperationsAsync()).ShouldContain((PaymentsModule.ModuleName, "stripe_event", eventId, "amount_mismatch"));

        var released = await ParkedDesk.ReleaseAsync(admin, eventId);
        released.Status.ShouldBe(200, released.Text);
        released.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        released.Json.GetProperty("id").GetString().ShouldBe(eventId);
        released.Json.GetProperty("kind").GetString().ShouldBe("stripe_event");
        released.Json.GetProperty("timestamp").GetString()!.ShouldEndWith("Z");
        await Eventually.BecomesTrueAsync(
            async () => (await ParkedDesk.ListedAsync(admin, eventId)).GetProperty("parkedAt").GetDateTime() > parkedAt, ParkedDesk.Soon, "it is parked again");
        (await member.BalanceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_event_whose_cause_is_gone_has_its_effect_once_it_is_released()
    {
        using var admin = await product.SignInAsync(roles: "tokens-admin");
        using var member = await product.SignInAsync();
        var (purchaseId, intentId) = await ParkedDesk.OpenPurchaseAsync(member);
        var eventId = await _desk.SendAsync(Webhook.Succeeded(purchaseId, intentId, amount: 499));
        await ParkedDesk.ListedAsync(admin, eventId);
        await _desk.WriteAsync((db, token) => db.StripeEvents.Where(e => e.Id == eventId)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.AmountMinor, 500), token));

        (await ParkedDesk.ReleaseAsync(admin, eventId)).Status.ShouldBe(200);

        await Eventually.BecomesTrueAsync(async () => await member.BalanceAsync() == 50, ParkedDesk.Soon, "the tokens are credited");
        (await ParkedDesk.ReleaseAsync(admin, eventId)).Code.ShouldBe("not_found", "it isn't parked any more");
    }

    [Fact]
    public async Task A_purchase_is_listed_and_released_once()
    {
        using var admin = await product.SignInAsync(roles: "tokens-admin");
        using var member = await product.SignInAsync();
        var (purchaseId, intentId) = await ParkedDesk.OpenPurchaseAsync(member);
        await _desk.ParkAsync(purchaseId);

        var item = await ParkedDesk.ListedAsync(admin, purchaseId.ToString());
        item.GetProperty("kind").GetString().ShouldBe("purchase");
        item.GetProperty("reason").GetString().ShouldBe("keeps_failing");
        item.GetProperty("purchaseId").GetGuid().ShouldBe(purchaseId);
        item.GetProperty("paymentIntentId").GetString().ShouldBe(intentId);
        item.GetProperty("amountMinor").GetInt64().ShouldBe(500);
        item.GetProperty("failures").GetInt32().ShouldBe(7);
        var before = await _desk.FindAsync(purchaseId);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ParkedDesk.ReleaseAsync(admin, purchaseId.ToString())));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Status == 404 && answer.Code == "not_found").ShouldBe(4);
        var after = await _desk.FindAsync(purchaseId);
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
            var (purchaseId, intentId) = await ParkedDesk.OpenPurchaseAsync(member);
            await _desk.ParkAsync(purchaseId);
            expected.Add(purchaseId.ToString());
            expected.Add(await _desk.SendAsync(Webhook.Succeeded(purchaseId, intentId, amount: 1)));
            await ParkedDesk.ListedAsync(admin, expected[^1]);
        }

        foreach (var limit in new[] { 1, 2, 200 })
        {
            var listed = await ParkedDesk.ListAsync(admin, limit);
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
    public async Task A_page_that_can_not_be_is_refused(string query)
    {
        using var admin = await product.SignInAsync(roles: "tokens-admin");
        (await admin.GetAsync(ParkedDesk.Path + query)).Code.ShouldBe("validation_failed");
    }

    [Theory]
    [InlineData("evt_unknown")]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    [InlineData("anything%20else")]
    public async Task What_is_not_parked_can_not_be_released(string id)
    {
        using var admin = await product.SignInAsync(roles: "tokens-admin");
        (await ParkedDesk.ReleaseAsync(admin, id)).Code.ShouldBe("not_found");
    }

    [Fact]
    public async Task Only_administrators_see_and_release()
    {
        using var member = await product.SignInAsync();
        (await member.GetAsync(ParkedDesk.Path)).Code.ShouldBe("forbidden");
        (await member.PostAsync($"{ParkedDesk.Path}/evt_1/release", new { })).Code.ShouldBe("forbidden");
        using var stranger = new HttpClient { BaseAddress = product.Product.Gateway };
        (await Answer.ReadAsync(await stranger.GetAsync(ParkedDesk.Path))).Code.ShouldBe("unauthenticated");
    }
}

public sealed class ParkedOnSqliteTests(SqliteWebhooks product) : ParkedTests(product), IClassFixture<SqliteWebhooks>;

public sealed class ParkedOnPostgresTests(PostgresWebhooks product) : ParkedTests(product), IClassFixture<PostgresWebhooks>;
