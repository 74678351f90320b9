using Npgsql;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Objectives;

/// <summary>Measures the response time of webhooks at a steady rate, while the worker applies the events.</summary>
internal static class WebhookIntake
{
    private const string Secret = "whsec_of_the_benchmark";
    private const int PerSecond = 1_000;
    private const int WarmUpSeconds = 4;
    // Stripe keeps to as many, and the gateway takes a few more.
    private const int ConnectionsMax = 64;

    internal static Task<ObjectiveResult> MeasureAsync(bool onPostgres, ObjectivesOptions options, Servers servers, CancellationToken cancellationToken)
    {
        var (name, database) = onPostgres ? (ObjectiveNames.WebhooksOnPostgres, "webhooks") : (ObjectiveNames.WebhooksOnSqlite, "webhooks_sqlite");
        var settings = new Dictionary<string, string> { ["STRIPE_WEBHOOK_SECRET"] = Secret };
        if (!onPostgres)
        {
            (settings["DATABASE_URL"], settings["REDIS_URL"]) = ("", "");
        }

        return ObjectiveFixture.UseAsync(servers, database, settings, MeasureAsync, cancellationToken);

        async Task<ObjectiveResult> MeasureAsync(ObjectiveFixture fixture)
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxConnectionsPerServer = ConnectionsMax })
            {
                BaseAddress = fixture.Product.Gateway,
            };
            await SendAsync(client, WarmUpSeconds, cancellationToken);
            var rounds = new List<IReadOnlyList<double>>();
            for (var round = 0; round < options.Rounds; round++)
            {
                rounds.Add(await SendAsync(client, options.Seconds, cancellationToken));
            }

            var sent = PerSecond * WarmUpSeconds + rounds.Sum(round => round.Count);
            string[] faults = onPostgres && await StoredAsync(servers.ConnectionString(database), cancellationToken) is var stored && stored != sent
                ? [$"{name}: {sent:N0} events were answered and {stored:N0} are stored."]
                : [];
            return new ObjectiveResult(name, ObjectiveFigures.OfWebhooks(name, rounds, options.Bounds), faults);
        }
    }

    private static Task<IReadOnlyList<double>> SendAsync(HttpClient client, int seconds, CancellationToken cancellationToken) => PacedLoad.RunAsync(
        PerSecond,
        seconds,
        async _ =>
        {
            using var request = StripeEvent.NewRequest(Secret);
            using var response = await client.SendAsync(request, cancellationToken);
            response.EnsureSuccessStatusCode();
        },
        cancellationToken);

    private static async Task<long> StoredAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var count = source.CreateCommand("SELECT count(*) FROM payments.stripe_events");
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }
}
