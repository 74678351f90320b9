using Tokens.Survival.Tests.Storms.Load;
using Tokens.Testing;
using Tokens.Testing.Running;
using Xunit.Abstractions;

namespace Tokens.Survival.Tests.Storms;

[Collection(Alone.Name)]
[Trait(Form.Trait, Form.Extended)]
public sealed class KilledHostTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int Fans = 32;

    [Fact]
    public async Task A_host_on_SQLite_killed_again_and_again_loses_and_doubles_no_tip()
    {
        await using var installation = Installation.Sqlite();
        await KillOnlyHostAsync(installation);
    }

    [Fact]
    public async Task A_host_on_PostgreSQL_killed_again_and_again_loses_and_doubles_no_tip()
    {
        await using var installation = await Installation.PostgresAsync();
        await KillOnlyHostAsync(installation);
    }

    [Fact]
    public async Task Two_hosts_of_which_one_at_a_time_is_killed_lose_and_double_no_tip()
    {
        var seed = StormSeed.Choose(output);
        var random = new Random(seed);
        await using var redis = await OwnRedis.StartAsync();
        await using var installation = await Installation.PostgresAsync();
        installation.Settings["REDIS_URL"] = redis.Url;
        var hosts = await installation.StartTwoHostsAsync();
        await using var storm = await Storm.BeginAsync(seed, Fans, installation.Gateway);

        for (var kill = 0; kill < Kills; kill++)
        {
            await storm.GoesOnAsync(random.Next(20, 300));
            var host = random.Next(2);
            await hosts.KillAsync(host);
            await storm.GoesOnAsync(random.Next(20, 100));
            await hosts.StartAgainAsync(host);
        }

        await storm.GoesOnAsync(tips: 200);
        await storm.EndAndVerifyAsync();
        // One host was alive at any time, and a keyed request that a dying one took goes to the other.
        storm.Interruptions.ShouldAllBe(interruption => interruption.Status == 503 && interruption.RetryAfter != null);
    }

    private async Task KillOnlyHostAsync(Installation installation)
    {
        var seed = StormSeed.Choose(output);
        var random = new Random(seed);
        var process = await installation.StartAsync();
        await using var storm = await Storm.BeginAsync(seed, Fans, installation.Gateway);

        for (var kill = 0; kill < Kills; kill++)
        {
            await storm.GoesOnAsync(random.Next(20, 300));
            await process.KillAsync();
            process = await installation.StartAsync();
        }

        await storm.GoesOnAsync(tips: 200);
        storm.Interruptions.ShouldContain(interruption => interruption.Status == null, "the kills hit calls that were running");
        await storm.EndAndVerifyAsync();
    }
}
