using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing.Patterns;
using Tokens.Host.Tests.Fuzz;
using Tokens.Platform.Inputs;
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
            var stranger = await Answer.ReadAsync(await client.PostAsync("/dev/token", Body("""{"name":"a stranger","roles":["tokens-admin"]}""")));
            stranger.Status.ShouldBe(200, stranger.Text);
            var routes = FuzzRoute.Of(product).Where(route => route.Name is not ("Nowhere" or "Beside" or "Page" or "Docs"))
                .Where(route => !IsOfOperations(route)).ToList();
            routes.Count.ShouldBeGreaterThan(15);
            // Who is known already is not looked up again.
            (await known.GetAsync("/api/tokens/packages")).Status.ShouldBe(200);
            foreach (var route in routes.Where(route => !Untouched.Contains(route.Name)))
            {
                Away.ShouldBe(await CallAsync(client, route, known.Token, creator.Id));
                Away.ShouldBe(await CallAsync(client, route, stranger.Json.GetProperty("token").GetString()!, creator.Id));
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

    // The gateway forwards none of them.
    private static bool IsOfOperations(FuzzRoute route) => route.Pattern.RawText is "/metrics"
        || route.Pattern.RawText!.StartsWith("/ops", StringComparison.Ordinal)
        || route.Pattern.RawText.StartsWith("/internal/", StringComparison.Ordinal);

    private static async Task<Answer> CallAsync(HttpClient client, FuzzRoute route, string token, Guid other)
    {
        var path = string.Concat(route.Pattern.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(part =>
            part is RoutePatternLiteralPart literal ? literal.Content : InPath(route, ((RoutePatternParameterPart)part).Name, other)))));
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (route.HasBody)
        {
            request.Content = Body(JsonSerializer.Serialize(
                route.Fields.Where(field => field is { Place: FieldPlace.Body, Required: true }).ToDictionary(field => field.Name, field => Value(field, other))));
        }

        return await Answer.ReadAsync(await client.SendAsync(request));
    }

    private static string InPath(FuzzRoute route, string name, Guid other) =>
        route.Fields.FirstOrDefault(field => field.Place == FieldPlace.Route && field.Name == name)?.Choices?.First() ?? other.ToString();

    // A value that every rule of the field lets pass.
    private static object Value(FieldDescription field, Guid id) => field.Type switch
    {
        FieldType.Id => id,
        FieldType.WholeNumber => field.Name == "tokenAmount" ? 50 : Math.Max(1, field.Minimum ?? 1),
        FieldType.Flag => true,
        FieldType.List => new[] { field.Items.ToDictionary(item => item.Name, item => Value(item, id)) },
        _ => field.Choices?.First() ?? new string('p', Math.Max(3, field.LengthMinimum ?? 0)),
    };

    private static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");
}
