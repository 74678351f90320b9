using Tokens.Survival.Tests.Running;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Survival.Tests;

public sealed class DrainTests
{
    private static readonly TimeSpan ExitWithin = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_product_asked_to_stop_finishes_what_it_took_and_exits_with_0()
    {
        await using var installation = Installation.Sqlite();
        var process = await installation.StartAsync();
        using var admin = await Members.AdminAsync(installation.Gateway);
        await using var load = await TipLoad.BeginAsync(installation.Gateway, admin, connections: 16);
        using var listener = await Members.CreatorAsync(installation.Gateway);
        using var stream = await listener.Client.GetAsync("/api/tokens/balance/stream", HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await stream.Content.ReadAsStreamAsync());
        (await events.ReadLineAsync()).ShouldBe("event: balance_updated");
        await load.GoesOnAsync(tips: 100);

        process.Terminate();
        await process.WaitForExitAsync(ExitWithin);

        process.ExitCode.ShouldBe(0, process.Output);
        // Ends as a stream ends, not as a connection that breaks.
        (await events.ReadToEndAsync()).ShouldContain("\"balance\":0");
        await installation.StartAsync();
        await load.GoesOnAsync(tips: 20);
        await load.EndAsync();
        // A request may meet a listener or a connection that closes in the same moment: refused, reset or ended, by the kernel's
        // timing. But nobody was answered with an error, and whatever was taken was answered.
        load.Interruptions.ShouldAllBe(interruption => interruption.Status == null);
        load.Acknowledged.Where(tip => tip.WasInterrupted).ShouldAllBe(tip => !tip.WasReplayed);
        await load.LedgerShouldAgreeAsync();
        await Members.LedgerShouldBeCleanAsync(admin);
    }

    [Fact]
    public async Task One_of_two_hosts_leaves_without_a_single_failed_request()
    {
        await using var installation = await Installation.PostgresAsync();
        installation.Settings["Drain__Delay"] = "00:00:03";
        installation.Settings["Gateway__HealthInterval"] = "00:00:00.500";
        var second = LoopbackPort.Address();
        var leaving = installation.Launch("--roles", "api");
        var staying = installation.Launch(new Dictionary<string, string?> { ["API_URLS"] = second.AbsoluteUri }, "--roles", "api");
        await leaving.WaitUntilReadyAsync(installation.Api);
        await staying.WaitUntilReadyAsync(second);
        var gateway = installation.Launch(
            new Dictionary<string, string?> { ["GATEWAY_DESTINATIONS"] = $"{installation.Api},{second}" }, "--roles", "gateway");
        await gateway.WaitUntilReadyAsync(installation.Gateway);
        using var admin = await Members.AdminAsync(installation.Gateway);
        await using var load = await TipLoad.BeginAsync(installation.Gateway, admin, connections: 16);
        await load.GoesOnAsync(tips: 100);

        leaving.Terminate();
        await DrainingHostStillServesAsync(installation.Api, admin);
        await leaving.WaitForExitAsync(ExitWithin);
        await load.GoesOnAsync(tips: 100);
        await load.EndAsync();

        leaving.ExitCode.ShouldBe(0, leaving.Output);
        load.Interruptions.ShouldBeEmpty();
        await load.LedgerShouldAgreeAsync();
        await Members.LedgerShouldBeCleanAsync(admin);
    }

    private static async Task DrainingHostStillServesAsync(Uri host, TestMember member)
    {
        using var direct = new HttpClient { BaseAddress = host };
        direct.DefaultRequestHeaders.Authorization = new("Bearer", member.Token);
        Answer? readiness = null;
        await Testing.Eventually.BecomesTrueAsync(
            async () => (readiness = await Answer.ReadAsync(await direct.GetAsync("/health/ready"))).Status == 503,
            TimeSpan.FromSeconds(2),
            "the host says that it is leaving");
        readiness!.Json.GetProperty("status").GetString().ShouldBe("draining");
        var balance = await Answer.ReadAsync(await direct.GetAsync("/api/tokens/balance"));
        balance.Status.ShouldBe(200, balance.Text);
        (await Answer.ReadAsync(await direct.GetAsync("/health/live"))).Status.ShouldBe(200);
    }
}
