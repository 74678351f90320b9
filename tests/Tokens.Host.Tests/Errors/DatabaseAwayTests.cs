using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Errors;

/// <summary>Every route while PostgreSQL is down, and a ledger that can't keep up.</summary>
public sealed class DatabaseAwayTests
{
    private static readonly ErrorRow Away = new(503, "database_unavailable", "Service unavailable") { HasRetryAfter = true };
    private static readonly ErrorRow Overloaded = new(503, "overloaded", "Service busy") { HasRetryAfter = true };

    // They need no row.
    private static readonly string[] Untouched =
        ["Live", "Ready", "OpenApi", "DevToken", "DevNoop", "OpenSession", "CloseSession", "GetCsrfToken", "ListPackages", "ListCatalog", "PayNothingOut", "ReceiveStripeEvent"];

    [Fact]
    public async Task Every_route_says_so_and_works_again_afterwards()
    {
        await using var postgres = await OwnPostgres.StartNewAsync();
        await using var storage = await Storage.PostgresAsync(postgres.Databases);
        await using var product = await RunningProduct.StartAsync(storage, new Dictionary<string, string?> { ["Resilience:Database:RetryDelayMilliseconds"] = "1" });
        using var known = await Members.AdminAsync(product.Gateway);
        using var creator = await Members.CreatorAsync(product.Gateway);
        using var client = new HttpClient { BaseAddress = product.Gateway };

        await postgres.StopAsync();

        try
        {
            var stranger = await Answer.ReadAsync(await client.PostAsync("/dev/token", RouteCalls.Body("""{"name":"a stranger","roles":["tokens-admin"]}""")));
            stranger.Status.ShouldBe(200, stranger.Text);
            var routes = RouteCalls.Of(product);
            routes.Count.ShouldBeGreaterThan(15);
            // Who is known already is not looked up again.
            (await known.GetAsync("/api/tokens/packages")).Status.ShouldBe(200);
            foreach (var route in routes.Where(route => !Untouched.Contains(route.Name)))
            {
                Away.ShouldBe(await RouteCalls.SendAsync(client, route, known.Token, creator.Id));
                Away.ShouldBe(await RouteCalls.SendAsync(client, route, stranger.Json.GetProperty("token").GetString()!, creator.Id));
            }
        }
        finally
        {
            await postgres.StartAsync();
        }

        await Eventually.BecomesTrueAsync(
            async () => (await known.GetAsync("/api/tokens/transactions")).Status == 200, TimeSpan.FromSeconds(60), "the database is used again");
        (await known.TipAsync(creator.Id, 1)).Code.ShouldBe("insufficient_balance");
        await Members.LedgerShouldBeCleanAsync(known);
    }

    [Fact]
    public async Task A_line_that_is_full_says_so_at_once()
    {
        await using var postgres = await OwnPostgres.StartNewAsync();
        await using var storage = await Storage.PostgresAsync(postgres.Databases);
        await using var product = await RunningProduct.StartAsync(
            storage, new Dictionary<string, string?> { ["Ledger:QueueCapacity"] = "2", ["Ledger:BatchSizeMax"] = "1" });
        using var fan = await TestMember.SignInAsync(product.Gateway);
        using var creator = await Members.CreatorAsync(product.Gateway);

        postgres.Pause();
        List<Task<Answer>> sent;
        Answer refused;
        try
        {
            // One is being posted and two wait.
            sent = [.. Enumerable.Range(0, 4).Select(_ => fan.TipAsync(creator.Id, 1))];
            refused = await await Task.WhenAny(sent);
        }
        finally
        {
            postgres.Resume();
        }

        Overloaded.ShouldBe(refused);
        (await Task.WhenAll(sent)).ShouldAllBe(answer => answer.Status == 503 || answer.Code == "insufficient_balance");
    }
}
