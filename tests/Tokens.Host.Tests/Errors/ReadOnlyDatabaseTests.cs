using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Errors;

/// <summary>A PostgreSQL that turns read-only, as providers make it when its disk is nearly full, and writable again.</summary>
public sealed class ReadOnlyDatabaseTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;
    private static readonly ErrorRow Refused = new(503, "database_unavailable", "Service unavailable") { HasRetryAfter = true };

    private static readonly string[] MoneyRoutes =
    [
        "BuyPackage", "QuickPurchase", "IssueGiftCard", "SendGift", "SendTip", "SendTipTo", "DeductCall", "AdjustBalance",
    ];

    [Fact]
    public async Task What_changes_something_is_refused_with_503_what_reads_goes_on_and_all_works_again_without_a_restart()
    {
        await using var database = await PostgresServer.FromEnvironment().CreateDatabaseAsync();
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage, new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = database.ConnectionString,
            ["Resilience:Database:RetryDelayMilliseconds"] = "1",
            ["Resilience:Database:WriteProbePause"] = "00:00:00.100",
        });
        using var admin = await Members.AdminAsync(product.Gateway);
        using var fan = await Members.WithTokensAsync(product.Gateway, admin, 100);
        using var creator = await Members.CreatorAsync(product.Gateway);
        using var client = new HttpClient { BaseAddress = product.Gateway };
        using var api = new HttpClient { BaseAddress = product.Api };
        (await fan.TipAsync(creator.Id, 10, "before")).Status.ShouldBe(200);

        await database.SetReadOnlyAsync(true);

        await Eventually.BecomesTrueAsync(
            async () => await ReadinessAsync(api) == (503, "The database is read-only."), Soon, "the host is unready and says why");
        foreach (var route in RouteCalls.Of(product).Where(
            route => route.Name != "Ready" && !route.Pattern.RawText!.EndsWith("/stream", StringComparison.Ordinal)))
        {
            var answer = await RouteCalls.SendAsync(client, route, admin.Token, creator.Id);
            if (route.Method == "GET" || answer.Status < 500)
            {
                // A read, or a refusal that needs no write.
                answer.Status.ShouldBeLessThan(500, $"{route.Name}: {answer.Text}");
                MoneyRoutes.ShouldNotContain(route.Name);
            }
            else
            {
                Refused.ShouldBe(answer);
            }
        }

        // Also under a sign-in that isn't known yet, of which no note can be taken.
        using var renewed = await TestMember.SignInAsync(product.Gateway, name: "renewed", id: fan.Id);
        (await renewed.BalanceAsync()).ShouldBe(90);
        (await renewed.GetAsync("/api/tokens/transactions")).Json.GetProperty("transactions").GetArrayLength().ShouldBe(2);
        (await renewed.GetAsync("/api/tokens/packages")).Status.ShouldBe(200);
        Refused.ShouldBe(await fan.TipAsync(creator.Id, 1, "meanwhile"));
        (await ReadinessAsync(api)).ShouldBe((503, "The database is read-only."));

        await database.SetReadOnlyAsync(false);

        await Eventually.BecomesTrueAsync(async () => await ReadinessAsync(api) == (200, "available"), Soon, "the host is ready");
        // At once: no session is left that is read-only.
        (await fan.TipAsync(creator.Id, 1, "meanwhile")).Status.ShouldBe(200);
        (await fan.TipAsync(creator.Id, 10, "before")).Status.ShouldBe(200);
        (await fan.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_visa" })).Status.ShouldBe(200);
        (await creator.BalanceAsync()).ShouldBe(11);
        (await fan.BalanceAsync()).ShouldBe(139);
        await Members.LedgerShouldBeCleanAsync(admin);
    }

    private static async Task<(int Status, string? Writes)> ReadinessAsync(HttpClient api)
    {
        var answer = await Answer.ReadAsync(await api.GetAsync("/health/ready"));
        return (answer.Status, answer.Json.GetProperty("dependencies").GetProperty("database.writes").GetString());
    }
}
