using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Packages;

public sealed class ListPackagesTests
{
    [Fact]
    public async Task The_shop_shows_prices_bonus_and_worth()
    {
        await using var shop = await Shop.OpenAsync(StorageKind.Sqlite);

        var answer = await shop.Host.GetAsync(shop.MemberId, "/api/tokens/packages");

        answer.Status.ShouldBe(200);
        answer["success"].GetBoolean().ShouldBeTrue();
        answer["tokenValue"].GetDecimal().ShouldBe(0.05m);
        var packages = answer["packages"].EnumerateArray().ToArray();
        packages.Select(package => (package.GetProperty("tokens").GetInt64(), package.GetProperty("price").GetDecimal())).ShouldBe(
            [(50, 5m), (200, 19m), (433, 39m), (812, 69m), (1_488, 119m), (4_986, 349m), (8_446, 549m)]);
        packages.Count(package => package.GetProperty("popular").GetBoolean()).ShouldBe(1);
        packages[0].GetProperty("bonus").GetInt32().ShouldBe(0);
        packages[0].GetProperty("value").GetDecimal().ShouldBe(2.5m);
        packages[^1].GetProperty("bonus").GetInt32().ShouldBe(5);
        packages[^1].GetProperty("bonusTokens").GetInt64().ShouldBe(422);
        packages[^1].GetProperty("value").GetDecimal().ShouldBe(443.4m);
    }

    [Fact]
    public async Task Configuration_says_what_is_sold()
    {
        await using var shop = await Shop.OpenAsync(
            StorageKind.Sqlite, ("Payments:Packages:0:Tokens", "7"), ("Payments:Packages:0:AmountMinor", "99"));

        var answer = await shop.Host.GetAsync(shop.MemberId, "/api/tokens/packages");

        var package = answer["packages"].EnumerateArray().ShouldHaveSingleItem();
        package.GetProperty("price").GetDecimal().ShouldBe(0.99m);
        (await shop.BuyAsync(tokens: 50))["validAmounts"].EnumerateArray().Select(amount => amount.GetInt64()).ShouldBe([7]);
    }
}
