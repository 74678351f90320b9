using Npgsql;
using Tokens.Survival.Tests.Storms.Load;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;
using Xunit.Abstractions;

namespace Tokens.Survival.Tests.Storms;

[Collection(Alone.Name)]
[Trait(Form.Trait, Form.Extended)]
public sealed class FrozenHostTests(ITestOutputHelper output)
{
    private const int FansEach = 16;
    private const int Frozen = 1;
    private const int FreezesMax = 200;
    private const int LooksMax = 200;
    private static readonly TimeSpan Freeze = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_host_that_freezes_holds_nobody_up_elsewhere_and_wakes_without_harm()
    {
        var seed = StormSeed.Choose(output);
        await using var redis = await OwnRedis.StartAsync();
        await using var installation = await Installation.PostgresAsync();
        installation.Settings["REDIS_URL"] = redis.Url;
        var hosts = await installation.StartTwoHostsAsync();
        await using var storm = await Storm.BeginAsync(
            seed, FansEach, hosts.AddressOf(0), installation.Gateway, hosts.AddressOf(Frozen));
        await storm.GoesOnAsync(tips: 2_000);

        await using var database = NpgsqlDataSource.Create(installation.Settings["DATABASE_URL"]!);
        var frozen = await FreezeInABatchAsync(database, hosts, storm);
        await GatewayNoticesAsync(installation.Gateway);
        var noticed = TimeProvider.System.GetTimestamp();
        await Eventually.BecomesTrueAsync(() => TimeProvider.System.GetElapsedTime(frozen) >= Freeze, Deadline, "the freeze is long enough");
        var woken = TimeProvider.System.GetTimestamp();
        hosts.Resume(Frozen);
        await storm.GoesOnAsync(tips: 200, storm.At(door: 2, FansEach));

        PercentileShouldBeShort(storm.At(door: 0, FansEach), frozen, woken, "at the living host");
        // Fans whose call the frozen host had taken wait for it; the others' calls all began after the gateway knew.
        PercentileShouldBeShort(storm.At(door: 1, FansEach), noticed, woken, "through the gateway");
        await storm.EndAndVerifyAsync();
    }

    /// <summary>Freezes the host at a moment at which it holds locks that the other one will want; answers when.</summary>
    private async Task<long> FreezeInABatchAsync(NpgsqlDataSource database, TwoHosts hosts, Storm storm)
    {
        for (var attempt = 1; attempt <= FreezesMax; attempt++)
        {
            hosts.Pause(Frozen);
            var frozen = TimeProvider.System.GetTimestamp();
            var held = await LocksOfTheIdleAsync(database);
            if (held > 0)
            {
                output.WriteLine($"frozen at attempt {attempt} with {held} locks on the ledger's tables");
                return frozen;
            }

            hosts.Resume(Frozen);
            await storm.GoesOnAsync(tips: 100);
        }

        throw new ShouldAssertException($"The host held no lock at any of {FreezesMax} moments.");
    }

    /// <summary>Tables of the ledger locked for writing by sessions that wait within a transaction for what their host says next.</summary>
    private static async Task<long> LocksOfTheIdleAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            """
            SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE state = 'idle in transaction' AND state_change < clock_timestamp() - interval '100 milliseconds'
              AND mode = 'RowShareLock' AND relation = 'wallet.accounts'::regclass
            """);
        var seen = 0L;
        // What the living host does is over in the meantime; the frozen one's stays.
        for (var look = 0; look < LooksMax && seen == 0; look++)
        {
            seen = (long)(await command.ExecuteScalarAsync())!;
        }

        return seen;
    }

    private void PercentileShouldBeShort(IReadOnlyList<StormFan> fans, long from, long until, string where)
    {
        var calls = fans.SelectMany(fan => fan.Calls).Where(call => call.Began >= from && call.Began < until).ToList();
        calls.Count.ShouldBeGreaterThan(100, where);
        var took = calls.Select(call => call.Took).Order().ToList();
        var percentile = took[(int)(took.Count * 0.99)];
        output.WriteLine($"{where}: {took.Count} calls, p99 {percentile.TotalMilliseconds:0} ms, longest {took[^1].TotalMilliseconds:0} ms");
        percentile.ShouldBeLessThan(Slowest, where);
    }

    private static async Task GatewayNoticesAsync(Uri gateway)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        await Eventually.BecomesTrueAsync(
            async () => (await Answer.ReadAsync(await client.GetAsync("/health/ready"))).Json.GetProperty("dependencies")
                .EnumerateObject().Any(host => host.Value.GetString() == "unavailable"),
            Deadline,
            "the gateway has taken the frozen host out");
    }
}
