using Tokens.GiftCards.Redemptions;
using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.Redemptions;

public abstract class RedeemLockTests
{
    private static string WrongCode => Guid.NewGuid().ToString();

    [Fact]
    public async Task The_eleventh_failure_begins_a_lock_that_outlives_a_restart()
    {
        await using var storage = await OpenStorageAsync();
        var limited = new Dictionary<string, string?> { ["RATE_LIMITS"] = "on" };
        Guid friendId;
        Card card;
        await using (var hosts = await Hosts.StartAsync(storage, HostCount, limited))
        {
            using var friend = await TestMember.SignInAsync(hosts[0].Gateway);
            using var elsewhere = await TestMember.SignInAsync(hosts[HostCount - 1].Gateway, id: friend.Id);
            using var buyer = await TestMember.SignInAsync(hosts[0].Gateway);
            await hosts.GiveAsync(buyer, 100);
            card = await buyer.BuyCardAsync(100);
            friendId = friend.Id;

            // All at once and through every host: none of them slips through.
            var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => (i % 2 == 0 ? friend : elsewhere).RedeemAsync(WrongCode)));

            answers.Count(answer => answer.Status == 404).ShouldBe(10);
            answers.Count(answer => answer.Status == 429).ShouldBe(20);
            ShouldBeLockedOut(await elsewhere.RedeemAsync(card.Code));
        }

        await using (var hosts = await Hosts.StartAsync(storage, 1, limited))
        {
            using var friend = await TestMember.SignInAsync(hosts[0].Gateway, id: friendId);
            ShouldBeLockedOut(await friend.RedeemAsync(card.Code));
            ShouldBeLockedOut(await friend.RedeemAsync(WrongCode));

            // Nobody else is.
            using var other = await TestMember.SignInAsync(hosts[0].Gateway);
            (await other.RedeemAsync(card.Code)).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_lock_ends_with_its_hour_and_no_clock_set_back_prolongs_it()
    {
        await using var storage = await OpenStorageAsync();
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var (buyer, friend) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Ledger.Give(buyer, 100);
        var (_, code) = await host.IssueAsync(buyer, 100);
        for (var i = 0; i < 10; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            (await host.RedeemAsync(friend, WrongCode)).ShouldBeOfType<RedeemOutcome.NotFound>();
        }

        (await LeftAsync(host, friend, code)).TotalMinutes.ShouldBe(51, 0.1);
        host.Clock.Correct(TimeSpan.FromDays(-2));
        (await LeftAsync(host, friend, code)).TotalMinutes.ShouldBe(60, 0.1);
        host.Clock.Advance(TimeSpan.FromMinutes(61));

        (await host.RedeemAsync(friend, code)).ShouldBeOfType<RedeemOutcome.Redeemed>();
        await host.Get<RedeemLock>().ForgetAsync(CancellationToken.None);
        host.Ledger.BalanceOf(friend).ShouldBe(100);
    }

    [Fact]
    public async Task Text_that_is_no_code_counts_as_no_failure()
    {
        await using var storage = await OpenStorageAsync();
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var (buyer, friend) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Ledger.Give(buyer, 100);
        var (_, code) = await host.IssueAsync(buyer, 100);
        for (var i = 0; i < 15; i++)
        {
            (await host.RedeemAsync(friend, code[..^1], i % 2 == 0 ? null : "k")).ShouldBeOfType<RedeemOutcome.Malformed>();
        }

        (await host.RedeemAsync(friend, code, "k")).ShouldBeOfType<RedeemOutcome.Redeemed>();
    }

    [Fact]
    public async Task A_network_is_locked_out_whoever_its_members_are()
    {
        await using var storage = await OpenStorageAsync();
        await using var host = await GiftCardsHost.OpenAsync(storage, settings: ("GiftCards:Lock:NetworkFailuresMax", "3"));
        for (var i = 0; i < 3; i++)
        {
            (await host.RedeemAsync(Guid.CreateVersion7(), WrongCode)).ShouldBeOfType<RedeemOutcome.NotFound>();
        }

        (await host.RedeemAsync(Guid.CreateVersion7(), WrongCode)).ShouldBeOfType<RedeemOutcome.LockedOut>();
    }

    [Fact]
    public async Task A_network_that_is_locked_out_gets_no_card_by_a_right_code()
    {
        await using var storage = await OpenStorageAsync();
        await using var host = await GiftCardsHost.OpenAsync(storage, settings: ("GiftCards:Lock:NetworkFailuresMax", "3"));
        var (buyer, newcomer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Ledger.Give(buyer, 100);
        var (_, code) = await host.IssueAsync(buyer, 100);
        for (var i = 0; i < 3; i++)
        {
            await host.RedeemAsync(Guid.CreateVersion7(), WrongCode);
        }

        (await host.RedeemAsync(newcomer, code)).ShouldBeOfType<RedeemOutcome.LockedOut>();
        host.Ledger.BalanceOf(newcomer).ShouldBe(0);
    }

    [Fact]
    public async Task Load_tests_lock_nobody_out()
    {
        await using var storage = await OpenStorageAsync();
        await using var host = await GiftCardsHost.OpenAsync(storage, isLimited: false);
        var friend = Guid.CreateVersion7();
        for (var i = 0; i < 15; i++)
        {
            (await host.RedeemAsync(friend, WrongCode)).ShouldBeOfType<RedeemOutcome.NotFound>();
        }
    }

    [Fact]
    public async Task Every_attempt_is_measured_by_its_result_and_without_its_code()
    {
        await using var storage = await OpenStorageAsync();
        await using var host = await GiftCardsHost.OpenAsync(storage);
        using var measured = new AttemptRecorder(host.Get<System.Diagnostics.Metrics.IMeterFactory>());
        var (buyer, friend) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Ledger.Give(buyer, 100);
        var (_, code) = await host.IssueAsync(buyer, 100);

        await host.RedeemAsync(buyer, code);
        await host.RedeemAsync(friend, code, "k");
        await host.RedeemAsync(friend, code, "k");
        await host.RedeemAsync(friend, code, "other");
        await host.RedeemAsync(friend, WrongCode, "k");
        await host.RedeemAsync(friend, "no code at all");

        measured.Results.ShouldBe(["own_card", "redeemed", "replayed", "not_found", "key_reused", "malformed"]);
    }

    private protected abstract int HostCount { get; }

    private protected abstract Task<Storage> OpenStorageAsync();

    private static async Task<TimeSpan> LeftAsync(GiftCardsHost host, Guid friend, string code) =>
        (await host.RedeemAsync(friend, code)).ShouldBeOfType<RedeemOutcome.LockedOut>().Lockout.Left;

    private static void ShouldBeLockedOut(Answer answer)
    {
        answer.Status.ShouldBe(429, answer.Text);
        answer.Code.ShouldBe("rate_limited");
        var left = answer.Json.GetProperty("retryAfterSeconds").GetInt64();
        left.ShouldBeInRange(3_000, 3_600);
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBe(left);
        answer.Headers.GetValues("RateLimit-Policy").ShouldHaveSingleItem().ShouldContain("q=10;w=3600");
        answer.Headers.GetValues("RateLimit").ShouldHaveSingleItem().ShouldContain($"r=0;t={left}");
    }
}

public sealed class RedeemLockOnSqliteTests : RedeemLockTests
{
    private protected override int HostCount => 1;

    private protected override Task<Storage> OpenStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class RedeemLockOverTwoHostsTests : RedeemLockTests
{
    private protected override int HostCount => 2;

    private protected override Task<Storage> OpenStorageAsync() => Storage.PostgresAsync();
}
