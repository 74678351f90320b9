using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.Cards;

/// <summary>Whatever a card or a gift moves, both sides see at once, under its kind.</summary>
public abstract class LiveBalanceTests(ProductFixture fixture)
{
    [Fact]
    public async Task Both_sides_see_cards_and_gifts_move_their_balance()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        using var friend = await fixture.SignInAsync();
        using var buying = await EventStream.OpenAsync(buyer.Client);
        using var receiving = await EventStream.OpenAsync(friend.Client);
        (await buying.NextEventAsync())!.Balance.ShouldBe(1_000);
        (await receiving.NextEventAsync())!.Balance.ShouldBe(0);

        var card = await buyer.BuyCardAsync(300);
        await ShouldTellAsync(buying, "gift_card_created", -300, 700);
        (await friend.RedeemAsync(card.Code)).Status.ShouldBe(200);
        await ShouldTellAsync(receiving, "gift_card_redeemed", 300, 300);

        var other = await buyer.BuyCardAsync(100);
        await ShouldTellAsync(buying, "gift_card_created", -100, 600);
        (await buyer.CancelAsync(other.Id)).Status.ShouldBe(200);
        await ShouldTellAsync(buying, "gift_card_refunded", 100, 700);

        (await buyer.GiftAsync(new { recipientId = friend.Id, tokenAmount = 50 })).Status.ShouldBe(200);
        await ShouldTellAsync(buying, "gift_sent", -50, 650);
        await ShouldTellAsync(receiving, "gift_received", 50, 350);
    }

    private static async Task ShouldTellAsync(EventStream stream, string kind, long delta, long balance)
    {
        var told = (await stream.NextEventAsync())!;
        (told.Kind, told.Delta, told.Balance).ShouldBe((kind, delta, balance));
    }
}

[Collection(OnSqlite.Name)]
public sealed class LiveBalanceOnSqliteTests(SqliteProduct product) : LiveBalanceTests(product);

[Collection(OnPostgres.Name)]
public sealed class LiveBalanceOnPostgresTests(PostgresProduct product) : LiveBalanceTests(product);
