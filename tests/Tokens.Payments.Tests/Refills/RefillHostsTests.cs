using Tokens.Payments.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Payments.Tests.Refills;

public sealed class RefillHostsTests
{
    [Fact]
    public async Task Two_hundred_tips_over_two_hosts_that_cross_the_threshold_are_one_charge()
    {
        await using var storage = await Storage.PostgresAsync();
        using var directory = new TemporaryDirectory();
        await using var one = await RunningProduct.StartAsync(storage);
        await using var other = await RunningProduct.StartAsync(storage, new Dictionary<string, string?>
        {
            ["DATA_DIR"] = directory.Path,
            ["STRIPE_SECRET_KEY"] = "sk_test_sandbox",
            ["STRIPE_API_BASE"] = one.Sandbox.AbsoluteUri,
        });
        using var star = await TestMember.SignInAsync(one.Gateway, isCreator: true);
        using var fan = await RefillFans.WithCardAsync(one.Gateway, one.Sandbox, "pm_card_visa", tokens: 500);
        using var there = await TestMember.SignInAsync(other.Gateway, id: fan.Id);
        await fan.SetRefillsAsync(new { autoRefillEnabled = true, autoRefillPackage = 4_986, refillThreshold = 400 });

        var tips = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? fan : there).TipAsync(star.Id, 10, key: $"k{i}")));

        var paid = tips.Count(tip => tip.Status == 200);
        tips.ShouldAllBe(tip => tip.Status == 200 || tip.Code == "insufficient_balance");
        paid.ShouldBeGreaterThanOrEqualTo(50);
        await fan.BecomesAsync(500 + 4_986 - 10 * paid);
        (await RefillFans.ChargesAsync(one.Sandbox, fan.Id)).ShouldBe([new("succeeded", 349_00)]);
    }
}
