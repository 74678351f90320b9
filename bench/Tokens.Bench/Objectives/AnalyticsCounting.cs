using Npgsql;
using Tokens.Bench.Settings;
using Tokens.Platform.Time;
using Tokens.Testing;

namespace Tokens.Bench.Objectives;

/// <summary>Measures how far analytics is behind the ledger at a steady rate of tips.</summary>
internal static class AnalyticsCounting
{
    private const int PerSecond = 1_000;
    private const int WarmUpSeconds = 4;
    private const int Fans = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    internal static Task<ObjectiveResult> MeasureAsync(ObjectivesOptions options, Servers servers, CancellationToken cancellationToken)
    {
        const string Database = "counting";
        return ObjectiveFixture.UseAsync(servers, Database, new Dictionary<string, string>(), MeasureAsync, cancellationToken);

        async Task<ObjectiveResult> MeasureAsync(ObjectiveFixture fixture)
        {
            using var metrics = new HttpClient { BaseAddress = fixture.Product.Api };
            await using var source = NpgsqlDataSource.Create(servers.ConnectionString(Database));
            var fans = await fixture.FansAsync(Fans, tokens: 1_000_000, cancellationToken);
            var creator = await fixture.CreatorAsync(cancellationToken);
            var (sent, rounds) = (0L, new List<LagCount>());
            var before = await TipAsync(WarmUpSeconds);
            for (var round = 0; round < options.Rounds; round++)
            {
                var after = await TipAsync(options.Seconds);
                rounds.Add(after.Since(before));
                before = after;
            }

            return new ObjectiveResult(
                ObjectiveNames.Counting,
                ObjectiveFigures.OfCounting(rounds, options.Bounds),
                await fixture.LedgerFaultsAsync(ObjectiveNames.Counting, cancellationToken));

            async Task<LagCount> TipAsync(int seconds)
            {
                var answers = await PacedLoad.RunAsync(
                    PerSecond,
                    seconds,
                    async number =>
                        (await fixture.Calls.TipAsync(fans[number % Fans], creator, Uuid.NewRandom().ToString(), cancellationToken)).Require(),
                    cancellationToken);
                sent += answers.Count;
                await IsCountedAsync(source, creator, sent, cancellationToken);
                return LagCount.Parse(await metrics.GetStringAsync("/metrics", cancellationToken));
            }
        }
    }

    private static async Task IsCountedAsync(NpgsqlDataSource source, Guid creator, long tips, CancellationToken cancellationToken)
    {
        // While the figures are being built anew there are two generations of them.
        await using var count = source.CreateCommand(
            """
            SELECT coalesce(max(counted), 0)::bigint
            FROM (SELECT sum(transfers) AS counted FROM analytics.roll_ups WHERE member_id = $1 GROUP BY generation) AS by_generation
            """);
        count.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = creator });
        await Eventually.BecomesTrueAsync(
            async () => (long)(await count.ExecuteScalarAsync(cancellationToken))! == tips, Patience, $"analytics has counted {tips:N0} tips");
    }
}
