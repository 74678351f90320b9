using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.Cards;

public abstract class ListCardsTests(ProductFixture fixture)
{
    [Fact]
    public async Task Pages_run_from_the_newest_card_to_the_oldest_and_never_show_a_code()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        using var friend = await fixture.SignInAsync();
        var cards = new List<Card>();
        for (var i = 0; i < 5; i++)
        {
            cards.Add(await buyer.BuyCardAsync(10));
        }

        (await friend.RedeemAsync(cards[0].Code)).Status.ShouldBe(200);
        (await buyer.CancelAsync(cards[1].Id)).Status.ShouldBe(200);

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await buyer.GetAsync("/api/tokens/gift-cards?limit=2" + (cursor is null ? "" : $"&cursor={cursor}"));
            page.Status.ShouldBe(200, page.Text);
            cards.ShouldAllBe(card => !page.Text.Contains(card.Code));
            seen.AddRange(page.Json.GetProperty("giftCards").EnumerateArray().Select(card => card.GetProperty("giftCardId").GetGuid()));
            cursor = page.Json.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        seen.ShouldBe(cards.Select(card => card.Id).Reverse());
        (await StatusesAsync(buyer, "active")).ShouldBe(["active", "active", "active"]);
        (await StatusesAsync(buyer, "redeemed")).ShouldBe(["redeemed"]);
        (await StatusesAsync(buyer, "cancelled")).ShouldBe(["cancelled"]);
        (await StatusesAsync(buyer, "expired")).ShouldBeEmpty();
        var redeemed = (await buyer.GetAsync("/api/tokens/gift-cards?status=redeemed")).Json.GetProperty("giftCards")[0];
        redeemed.GetProperty("last4").GetString().ShouldBe(cards[0].Code[^4..]);
        redeemed.GetProperty("redeemedAt").GetDateTime().ShouldBeGreaterThan(redeemed.GetProperty("createdAt").GetDateTime().AddSeconds(-1));
        (await friend.GetAsync("/api/tokens/gift-cards")).Json.GetProperty("giftCards").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("cursor=x")]
    [InlineData("status=lost")]
    public async Task Bad_queries_are_refused(string query)
    {
        using var buyer = await fixture.SignInAsync();

        (await buyer.GetAsync("/api/tokens/gift-cards?" + query)).Status.ShouldBe(400);
    }

    private static async Task<IEnumerable<string?>> StatusesAsync(TestMember buyer, string status) =>
        (await buyer.GetAsync("/api/tokens/gift-cards?status=" + status)).Json.GetProperty("giftCards").EnumerateArray()
            .Select(card => card.GetProperty("status").GetString());
}

[Collection(OnSqlite.Name)]
public sealed class ListCardsOnSqliteTests(SqliteProduct product) : ListCardsTests(product);

[Collection(OnPostgres.Name)]
public sealed class ListCardsOnPostgresTests(PostgresProduct product) : ListCardsTests(product);
