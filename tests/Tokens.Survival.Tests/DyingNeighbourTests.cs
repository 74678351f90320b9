using Tokens.Survival.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests;

public sealed class DyingNeighbourTests
{
    private static readonly TimeSpan ExitWithin = TimeSpan.FromSeconds(30);

    [Fact]
    public Task A_host_of_two_killed_and_the_other_one_redeployed_cost_no_keyed_request_and_no_read() => SurviveAsync(deaths: 2);

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public Task Both_hosts_killed_and_redeployed_twice_cost_no_keyed_request_and_no_read() => SurviveAsync(deaths: 8);

    private static async Task SurviveAsync(int deaths)
    {
        await using var redis = await OwnRedis.StartAsync();
        await using var installation = await Installation.PostgresAsync();
        installation.Settings["REDIS_URL"] = redis.Url;
        installation.Settings["Drain__Delay"] = "00:00:02";
        installation.Settings["Gateway__HealthInterval"] = "00:00:00.500";
        var hosts = await installation.StartTwoHostsAsync();
        using var admin = await Members.AdminAsync(installation.Gateway);
        await using var tips = await TipLoad.BeginAsync(installation.Gateway, admin, connections: 8);
        await using var reads = await ReadLoad.BeginAsync(installation.Gateway, connections: 8);

        for (var death = 0; death < deaths; death++)
        {
            await tips.GoesOnAsync(tips: 100);
            await reads.GoesOnAsync(reads: 100);
            var host = death % 2;
            if (death < deaths / 2)
            {
                await hosts.KillAsync(host);
            }
            else
            {
                await hosts.StopAsync(host, ExitWithin);
            }

            await tips.GoesOnAsync(tips: 50);
            await hosts.StartAgainAsync(host);
        }

        await tips.GoesOnAsync(tips: 100);
        await tips.EndAsync();
        await reads.EndAsync();

        tips.Interruptions.ShouldBeEmpty();
        reads.Failures.ShouldBeEmpty();
        await tips.LedgerShouldAgreeAsync();
        await Members.LedgerShouldBeCleanAsync(admin);
    }
}
