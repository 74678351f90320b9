using Microsoft.Extensions.Configuration;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.RateLimits;

public sealed class RateLimitSettingsTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task A_limit_is_changed_while_the_product_runs_and_a_bad_value_changes_nothing()
    {
        await using var storage = Storage.Sqlite();
        using var directory = new TemporaryDirectory();
        var file = directory.File("limits.json");
        await SetAsync(1);
        await using var product = await RunningProduct.StartAsync(
            storage,
            new Dictionary<string, string?> { ["RATE_LIMITS"] = "on" },
            builder => builder.Configuration.AddJsonFile(file, optional: false, reloadOnChange: true));
        using var member = await TestMember.SignInAsync(product.Gateway);
        (await member.BuyAsync()).Status.ShouldBe(200);
        (await member.BuyAsync()).ShouldBeRefused("payments.purchase", 1, 60);

        await SetAsync(3);
        await PolicyBecomesAsync("\"payments.purchase\";q=3;w=60");
        await SetAsync(0, others: """, "wallet.export": { "PermitLimit": 7 }""");
        await Eventually.BecomesTrueAsync(
            async () => (await member.GetAsync("/api/tokens/transactions/export")).Field("RateLimit-Policy") == "\"wallet.export\";q=7;w=60",
            Soon,
            "the file with the bad value has been read");

        using var other = await TestMember.SignInAsync(product.Gateway);
        (await other.BuyAsync()).Field("RateLimit-Policy").ShouldBe("\"payments.purchase\";q=3;w=60");

        Task SetAsync(int purchases, string others = "") => File.WriteAllTextAsync(
            file, $$"""{ "RateLimits": { "payments.purchase": { "PermitLimit": {{purchases}} }{{others}} } }""");

        Task PolicyBecomesAsync(string policy) => Eventually.BecomesTrueAsync(
            async () =>
            {
                using var fresh = await TestMember.SignInAsync(product.Gateway);
                return (await fresh.BuyAsync()).Field("RateLimit-Policy") == policy;
            },
            Soon,
            policy);
    }

    [Fact]
    public async Task Without_limits_nothing_is_refused_or_told()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(
            storage, new Dictionary<string, string?> { ["RATE_LIMITS"] = "OFF", ["Gateway:AddressBurst"] = "1" });
        using var member = await TestMember.SignInAsync(product.Gateway);

        for (var i = 0; i < 6; i++)
        {
            var answer = await member.BuyAsync();
            answer.Status.ShouldBe(200);
            answer.Field("RateLimit").ShouldBeEmpty();
            answer.Field("RateLimit-Policy").ShouldBeEmpty();
        }
    }
}
