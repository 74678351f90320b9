using Tokens.Survival.Tests.Storms.Load;
using Tokens.Testing;
using Tokens.Testing.Running;
using Xunit.Abstractions;

namespace Tokens.Survival.Tests.Storms;

[Collection(Alone.Name)]
[Trait(Form.Trait, Form.Extended)]
public sealed class RestartedDatabaseTests(ITestOutputHelper output)
{
    private const int Restarts = 10;
    private const int Fans = 32;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_database_stopped_and_cut_off_in_turn_is_told_as_503_and_loses_and_doubles_no_tip(int hosts)
    {
        var seed = StormSeed.Choose(output);
        var random = new Random(seed);
        await using var postgres = await OwnPostgres.StartNewAsync();
        await using var redis = await OwnRedis.StartAsync();
        await using var installation = await Installation.PostgresAsync(postgres.Databases);
        installation.Settings["REDIS_URL"] = redis.Url;
        Task start = hosts == 1 ? installation.StartAsync() : installation.StartTwoHostsAsync();
        await start;
        await using var storm = await Storm.BeginAsync(seed, Fans, installation.Gateway);

        for (var restart = 0; restart < Restarts; restart++)
        {
            await storm.GoesOnAsync(random.Next(50, 400));
            await (restart % 2 == 0 ? postgres.StopAsync() : postgres.StopAtOnceAsync());
            await postgres.StartAsync();
        }

        await storm.GoesOnAsync(tips: 200);
        storm.EveryInterruptionShouldBeAClearRefusal();
        await storm.EndAndVerifyAsync();
    }
}
