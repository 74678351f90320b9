using Tokens.Survival.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests;

public abstract class KillRestartTests
{
    private const int Connections = 32;
    private const int Kills = 3;
    private const int Restarts = 2;

    [Fact]
    public async Task Kills_under_load_lose_and_double_no_tip()
    {
        await using var installation = await InstallAsync();
        var process = await installation.StartAsync();
        using var admin = await Members.AdminAsync(installation.Gateway);
        await using var load = await TipLoad.BeginAsync(installation.Gateway, admin, Connections);

        for (var kill = 0; kill < Kills; kill++)
        {
            await load.GoesOnAsync(tips: 200);
            await process.KillAsync();
            process = await installation.StartAsync();
        }

        await load.GoesOnAsync(tips: 200);
        await load.EndAsync();

        load.Acknowledged.ShouldContain(tip => tip.WasInterrupted, "the kills hit calls that were running");
        await load.LedgerShouldAgreeAsync();
        await Members.LedgerShouldBeCleanAsync(admin);
    }

    [Fact]
    public async Task A_killed_product_comes_back_with_its_answers_and_sign_ins()
    {
        await using var installation = await InstallAsync();
        var process = await installation.StartAsync();
        using var admin = await Members.AdminAsync(installation.Gateway);
        using var fan = await Members.WithTokensAsync(installation.Gateway, admin, 1_000);
        using var creator = await Members.CreatorAsync(installation.Gateway);
        var before = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => fan.TipAsync(creator.Id, 100, "one-key")));
        before.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();

        for (var restart = 0; restart < Restarts; restart++)
        {
            await process.KillAsync();
            process = await installation.StartAsync();
            var first = await fan.TipAsync(creator.Id, 1, $"first-after-{restart}");

            // The token was signed with a secret that the installation made for itself.
            first.Status.ShouldBe(200, first.Text);
        }

        var after = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => fan.TipAsync(creator.Id, 100, "one-key")));
        after.ShouldAllBe(answer => answer.Status == 200 && answer.IsReplay);
        after.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem().ShouldBe(before[0].Text);
        (await creator.BalanceAsync()).ShouldBe(100 + Restarts);
    }

    private protected abstract Task<Installation> InstallAsync();
}

[Trait(Form.Trait, Form.Extended)]
public sealed class KillRestartOnSqliteTests : KillRestartTests
{
    private protected override Task<Installation> InstallAsync() => Task.FromResult(Installation.Sqlite());
}

public sealed class KillRestartOnPostgresTests : KillRestartTests
{
    private protected override Task<Installation> InstallAsync() => Installation.PostgresAsync();
}
