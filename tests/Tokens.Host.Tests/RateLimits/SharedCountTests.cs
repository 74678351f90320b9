using System.Net.Http.Headers;
using System.Net.Http.Json;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.RateLimits;

/// <summary>Two hosts on one PostgreSQL and one Redis.</summary>
public sealed class SharedCountTests
{
    [Fact]
    public async Task Hosts_share_a_members_count_and_go_on_alone_when_Redis_is_gone()
    {
        await using var redis = await OwnRedis.StartAsync();
        await using var storage = await Storage.PostgresAsync();
        var settings = new Dictionary<string, string?>
        {
            ["RATE_LIMITS"] = "on",
            ["REDIS_URL"] = redis.Url,
            // So long that a slow machine can't free a permit while the test looks.
            ["RateLimits:payments.purchase:WindowSeconds"] = "600",
            ["Resilience:Redis:AttemptTimeoutMilliseconds"] = "5000",
            ["Resilience:Redis:TotalTimeoutMilliseconds"] = "10000",
        };
        await using var first = await RunningProduct.StartAsync(storage, settings);
        await using var second = await RunningProduct.StartAsync(
            storage, new Dictionary<string, string?>(settings) { ["ROLES"] = "api", ["Drain:Delay"] = "00:00:00" });
        using var member = await TestMember.SignInAsync(first.Gateway);
        using var there = new HttpClient { BaseAddress = second.Api };
        there.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", member.Token);

        (await member.BuyAsync()).Remaining().ShouldBe(4);
        (await AskThereAsync()).Remaining().ShouldBe(3);
        (await member.BuyAsync()).Remaining().ShouldBe(2);
        (await AskThereAsync()).Remaining().ShouldBe(1);
        (await member.BuyAsync()).Remaining().ShouldBe(0);
        (await AskThereAsync()).ShouldBeRefused("payments.purchase", 5, 600);
        (await member.BuyAsync()).ShouldBeRefused("payments.purchase", 5, 600);

        await redis.StopServerAsync();

        // The first has allowed three by itself, the second two.
        (await member.BuyAsync()).Remaining().ShouldBe(1);
        (await member.BuyAsync()).Remaining().ShouldBe(0);
        (await member.BuyAsync()).ShouldBeRefused("payments.purchase", 5, 600);
        (await AskThereAsync()).Remaining().ShouldBe(2);

        // What can't be bought counts like what can, and needs no Stripe.
        async Task<Answer> AskThereAsync() =>
            await Answer.ReadAsync(await there.PostAsJsonAsync("/api/tokens/purchase", new { tokenAmount = 1, paymentMethodId = "pm_card_visa" }));
    }
}
