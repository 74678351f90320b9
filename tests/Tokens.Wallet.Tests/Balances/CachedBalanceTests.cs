using Microsoft.Extensions.DependencyInjection;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Balances;

public sealed class CachedBalanceTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Without_Redis_balances_are_remembered_on_SQLite_only(bool onSqlite, bool isCached)
    {
        await using var storage = onSqlite ? Storage.Sqlite() : await Storage.PostgresAsync();
        await using var product = await RunningProduct.StartAsync(storage);
        using var fan = await TestMember.SignInAsync(product.Gateway);
        using var creator = await TestMember.SignInAsync(product.Gateway, isCreator: true);
        using var admin = await TestMember.SignInAsync(product.Gateway, roles: ["tokens-admin"]);
        await admin.PostAsync("/api/tokens/admin/adjustments", new { memberId = fan.Id, tokens = 100, reason = "a start for the test" });

        for (var i = 1; i <= 5; i++)
        {
            (await fan.TipAsync(creator.Id, 1)).Status.ShouldBe(200);
            foreach (var (member, balance) in new[] { (fan, 100 - i), (creator, i) })
            {
                var json = (await member.GetAsync("/api/tokens/balance")).Json;
                json.GetProperty("balance").GetInt64().ShouldBe(balance);
                json.GetProperty("cached").GetBoolean().ShouldBe(isCached);
            }
        }
    }

    [Fact]
    public async Task What_one_host_changes_the_other_reads_next()
    {
        await using var hosts = await SharedHosts.StartAsync(SharedHosts.Patient);
        using var fan = await hosts.MemberAsync(tokens: 1_000);
        using var creator = await hosts.MemberAsync(isCreator: true);
        using var fanThere = await hosts.AtOtherAsync(fan);
        using var creatorThere = await hosts.AtOtherAsync(creator, isCreator: true);
        var cached = 0;

        for (var i = 1; i <= 20; i++)
        {
            (await (i % 2 == 0 ? fan : fanThere).TipAsync(creator.Id, 1)).Status.ShouldBe(200);
            foreach (var (member, balance) in new[] { (fan, 1_000 - i), (fanThere, 1_000 - i), (creator, i), (creatorThere, i) })
            {
                var json = (await member.GetAsync("/api/tokens/balance")).Json;
                json.GetProperty("balance").GetInt64().ShouldBe(balance);
                cached += json.GetProperty("cached").GetBoolean() ? 1 : 0;
            }
        }

        cached.ShouldBeGreaterThan(60);
    }

    [Fact]
    public async Task A_cached_balance_costs_one_command_and_no_statement()
    {
        await using var hosts = await SharedHosts.StartAsync(SharedHosts.Patient);
        using var member = await hosts.MemberAsync(tokens: 7);
        await hosts.AreRelayedAsync();
        await BecomesCachedAsync(member);
        hosts.Queries.Forget();
        var (reads, scripts) = (await hosts.Redis.CallsAsync("mget"), await hosts.Redis.CallsAsync("evalsha"));

        for (var i = 0; i < 50; i++)
        {
            (await member.GetAsync("/api/tokens/balance")).Json.GetProperty("cached").GetBoolean().ShouldBeTrue();
        }

        (await hosts.Redis.CallsAsync("mget") - reads).ShouldBe(50);
        (await hosts.Redis.CallsAsync("evalsha") - scripts).ShouldBe(0);
        // Whoever reads, the relays look into the outbox, and readiness at the migrations.
        hosts.Queries.Statements.Where(text =>
            text.Contains("wallet.accounts", StringComparison.Ordinal) || text.Contains("wallet.members", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_hundred_readers_at_once_cost_each_host_one_statement()
    {
        await using var hosts = await SharedHosts.StartAsync(SharedHosts.Patient);
        using var member = await hosts.MemberAsync(tokens: 7);
        using var there = await hosts.AtOtherAsync(member);
        await hosts.AreRelayedAsync();
        await hosts.Redis.FlushAsync();
        hosts.Queries.Forget();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? member : there).GetAsync("/api/tokens/balance")));

        answers.ShouldAllBe(answer => answer.Status == 200 && answer.Json.GetProperty("balance").GetInt64() == 7);
        hosts.Queries.Count.ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task Redis_absent_at_the_start_is_used_once_it_comes()
    {
        await using var hosts = await SharedHosts.StartAsync(redis: OwnRedis.NotStarted());
        using var fan = await hosts.MemberAsync(tokens: 100);
        using var creator = await hosts.MemberAsync(isCreator: true);
        (await fan.TipAsync(creator.Id, 1)).Status.ShouldBe(200);
        var before = (await fan.GetAsync("/api/tokens/balance")).Json;
        before.GetProperty("balance").GetInt64().ShouldBe(99);
        before.GetProperty("cached").GetBoolean().ShouldBeFalse();

        await hosts.Redis.StartServerAsync();

        await BecomesCachedAsync(fan);
        (await fan.BalanceAsync()).ShouldBe(99);
    }

    [Fact]
    public async Task A_notice_goes_to_the_members_streams_on_every_host()
    {
        var settings = new Dictionary<string, string?>(SharedHosts.Patient) { ["Wallet:StreamHeartbeatSeconds"] = "60" };
        await using var hosts = await SharedHosts.StartAsync(settings);
        using var fan = await hosts.MemberAsync();
        using var fanThere = await hosts.AtOtherAsync(fan);
        using var here = await EventStream.OpenAsync(fan.Client);
        using var there = await EventStream.OpenAsync(fanThere.Client);
        (await here.NextEventAsync())!.Balance.ShouldBe(0);
        (await there.NextEventAsync())!.Balance.ShouldBe(0);
        await Eventually.BecomesTrueAsync(
            async () => await hosts.Redis.ListenersAsync("wallet.balance.changes") == 2, Soon, "both hosts listen");

        hosts.One.Services.GetRequiredService<IMemberNotices>().Tell(fan.Id, "refill_pending", new { Tokens = 50 });

        foreach (var stream in new[] { here, there })
        {
            var notice = await stream.NextEventAsync();
            (notice!.Event, notice.Data!.Value.GetRawText()).ShouldBe(("refill_pending", """{"tokens":50}"""));
        }
    }

    [Fact]
    public async Task A_stream_hears_at_once_what_another_host_changes_also_after_Redis_was_restarted()
    {
        var settings = new Dictionary<string, string?>(SharedHosts.Patient) { ["Wallet:StreamHeartbeatSeconds"] = "60" };
        await using var hosts = await SharedHosts.StartAsync(settings);
        using var fan = await hosts.MemberAsync(tokens: 1_000);
        using var creator = await hosts.MemberAsync(isCreator: true);
        using var fanThere = await hosts.AtOtherAsync(fan);
        using var stream = await EventStream.OpenAsync(fanThere.Client);
        (await stream.NextEventAsync())!.Balance.ShouldBe(1_000);

        await HearsAsync(900);
        await hosts.Redis.StopServerAsync();
        await hosts.Redis.StartServerAsync();
        await HearsAsync(800);

        async Task HearsAsync(long balance)
        {
            await Eventually.BecomesTrueAsync(
                async () => await hosts.Redis.ListenersAsync("wallet.balance.changes") == 2, Soon, "both hosts listen");
            // The connection for commands comes back by itself, and what is published without it is lost.
            await BecomesCachedAsync(fan);
            var tip = await fan.TipAsync(creator.Id, 100);
            var heard = (await stream.NextEventAsync())!;
            heard.Balance.ShouldBe(balance);
            heard.Delta.ShouldBe(-100);
            heard.Kind.ShouldBe("tip");
            heard.Data!.Value.GetProperty("transactionId").GetGuid().ShouldBe(tip.Json.GetProperty("transactionId").GetGuid());
        }
    }

    private static Task BecomesCachedAsync(TestMember member) => Eventually.BecomesTrueAsync(
        async () => (await member.GetAsync("/api/tokens/balance")).Json.GetProperty("cached").GetBoolean(), Soon, "the balance is cached");
}
