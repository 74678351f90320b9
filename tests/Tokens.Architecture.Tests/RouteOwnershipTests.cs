using Tokens.Architecture.Tests.Rules;

namespace Tokens.Architecture.Tests;

public sealed class RouteOwnershipTests
{
    private static readonly Dictionary<string, string> Table = new(StringComparer.Ordinal)
    {
        ["/api/tokens"] = "wallet",
        ["/api/tokens/tip/**"] = "wallet",
        ["/api/tokens/gift"] = "giftcards",
        ["/api/tokens/gift-cards/**"] = "giftcards",
    };

    private static readonly (string Route, string Module)[] Routes =
    [
        ("/api/tokens/", "wallet"),
        ("/api/tokens/tip", "wallet"),
        ("/api/tokens/tip/{creatorId}", "wallet"),
        ("/api/tokens/gift", "giftcards"),
        ("/api/tokens/gift-cards/{giftCardId}", "giftcards"),
    ];

    [Fact]
    public void Routes_that_their_owners_map_pass() => RouteOwnership.Violations(Table, Routes).ShouldBeEmpty();

    [Fact]
    public void A_route_mapped_by_another_module_is_caught() =>
        RouteOwnership.Violations(Table, [.. Routes, ("/api/tokens/tip/{creatorId}/thanks", "giftcards")])
            .ShouldBe(["/api/tokens/tip/{creatorId}/thanks is wallet's by the table (/api/tokens/tip/**), but giftcards maps it."]);

    [Theory]
    [InlineData("/api/tokens/tips")]
    [InlineData("/api/tokens/gift/extra")]
    [InlineData("/api")]
    public void A_route_that_nobody_owns_is_caught(string route) =>
        RouteOwnership.Violations(Table, [.. Routes, (route, "wallet")]).ShouldBe([$"{route} of wallet is in no row of the table."]);

    [Fact]
    public void A_row_that_its_module_no_longer_serves_is_caught() =>
        RouteOwnership.Violations(Table, Routes[..4]).ShouldBe(["/api/tokens/gift-cards/** is in the table for giftcards, which maps nothing there."]);

    [Fact]
    public void Rows_of_a_module_that_is_not_there_yet_pass() =>
        RouteOwnership.Violations(Table, Routes[..3]).ShouldBeEmpty();
}
