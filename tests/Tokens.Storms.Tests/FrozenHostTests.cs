using Tokens.Storms.Tests.Load;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;
using Xunit.Abstractions;

namespace Tokens.Storms.Tests;

[Collection(Alone.Name)]
public sealed class FrozenHostTests(ITestOutputHelper output)
{
    private const int FansEach = 16;
    private const int Frozen = 1;
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

        hosts.Pause(Frozen);
        var frozen = TimeProvider.System.GetTimestamp();
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
