using Tokens.Survival.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests;

public sealed class DatabaseRestartTests
{
    private const int Restarts = 3;

    [Fact]
    public async Task A_database_restarted_under_load_is_told_as_503_and_loses_and_doubles_no_tip()
    {
        await using var postgres = await OwnPostgres.StartNewAsync();
        await using var installation = await Installation.PostgresAsync(postgres.Databases);
        await installation.StartAsync();
        using var admin = await Members.AdminAsync(installation.Gateway);
        await using var load = await TipLoad.BeginAsync(installation.Gateway, admin, connections: 32);

        for (var restart = 0; restart < Restarts; restart++)
        {
            await load.GoesOnAsync(tips: 200);
            await postgres.RestartAsync();
        }

        await load.GoesOnAsync(tips: 200);
        await load.EndAsync();

        // The product stayed up: no connection of a client broke, and whoever was told of a failure was told when to come again.
        load.Interruptions.ShouldAllBe(interruption => interruption.Status == 503 && interruption.RetryAfter >= TimeSpan.FromSeconds(1));
        await load.LedgerShouldAgreeAsync();
        await Members.LedgerShouldBeCleanAsync(admin);
    }

    [Fact]
    public async Task Connections_that_broke_unused_cost_the_recount_nothing()
    {
        await using var postgres = await OwnPostgres.StartNewAsync();
        await using var installation = await Installation.PostgresAsync(postgres.Databases);
        await installation.StartAsync();
        using var admin = await Members.AdminAsync(installation.Gateway);
        await using var load = await TipLoad.BeginAsync(installation.Gateway, admin, connections: 32);
        await load.GoesOnAsync(tips: 200);
        await load.EndAsync();

        for (var restart = 0; restart < Restarts; restart++)
        {
            await postgres.RestartAsync();
            await Members.LedgerShouldBeCleanAsync(admin);
        }
    }

    [Fact]
    public async Task A_database_that_stays_away_is_told_at_once_and_used_again_when_it_is_back()
    {
        await using var postgres = await OwnPostgres.StartNewAsync();
        await using var installation = await Installation.PostgresAsync(postgres.Databases);
        await installation.StartAsync();
        using var admin = await Members.AdminAsync(installation.Gateway);
        using var fan = await Members.WithTokensAsync(installation.Gateway, admin, 100);
        using var creator = await Members.CreatorAsync(installation.Gateway);

        await postgres.StopAsync();
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 50).Select(number => number % 2 == 0
            ? fan.GetAsync("/api/tokens/balance")
            : fan.TipAsync(creator.Id, 1, $"while-away-{number}"))))
        {
            answer.Status.ShouldBe(503, answer.Text);
            answer.Code.ShouldBe("database_unavailable");
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }

        await postgres.StartAsync();
        await Eventually.BecomesTrueAsync(
            async () => (await fan.TipAsync(creator.Id, 1, "back")).Status == 200, TimeSpan.FromSeconds(30), "tips are taken again");
        // What was refused has happened wholly or not at all, and its key tells which.
        foreach (var number in Enumerable.Range(0, 50).Where(number => number % 2 == 1))
        {
            (await fan.TipAsync(creator.Id, 1, $"while-away-{number}")).Status.ShouldBe(200);
        }

        (await creator.BalanceAsync()).ShouldBe(26);
        await Members.LedgerShouldBeCleanAsync(admin);
    }
}
