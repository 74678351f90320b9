using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.Cards;

public abstract class CancelCardTests(ProductFixture fixture)
{
    [Fact]
    public async Task Cancelling_refunds_once_and_answers_alike_again()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        using var friend = await fixture.SignInAsync();
        var card = await buyer.BuyCardAsync(300);

        var first = await buyer.CancelAsync(card.Id);
        var again = await buyer.CancelAsync(card.Id);

        first.Status.ShouldBe(200, first.Text);
        first.Json.GetProperty("newBalance").GetInt64().ShouldBe(1_000);
        again.Text.ShouldBe(first.Text);
        (await buyer.BalanceAsync()).ShouldBe(1_000);
        (await buyer.CardStatusAsync(card.Id)).ShouldBe("cancelled");
        (await friend.RedeemAsync(card.Code)).ShouldBeNotFound();
        var entry = (await buyer.GetAsync("/api/tokens/transactions?limit=1")).Json.GetProperty("transactions")[0];
        entry.GetProperty("type").GetString().ShouldBe("gift_card_refunded");
        entry.GetProperty("reference").GetString().ShouldBe(card.Id.ToString());
    }

    [Fact]
    public async Task A_redeemed_card_can_not_be_cancelled()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        using var friend = await fixture.SignInAsync();
        var card = await buyer.BuyCardAsync(300);
        (await friend.RedeemAsync(card.Code)).Status.ShouldBe(200);

        var answer = await buyer.CancelAsync(card.Id);

        answer.Status.ShouldBe(409, answer.Text);
        answer.Code.ShouldBe("conflict");
        (await buyer.BalanceAsync()).ShouldBe(700);
    }

    [Fact]
    public async Task Anothers_card_and_no_card_at_all_are_not_there()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        using var other = await fixture.SignInAsync();
        var card = await buyer.BuyCardAsync(300);

        (await other.CancelAsync(card.Id)).Status.ShouldBe(404);
        (await buyer.CancelAsync(Guid.NewGuid())).Status.ShouldBe(404);
        (await buyer.SendAsync(HttpMethod.Delete, "/api/tokens/gift-cards/no-uuid", content: null)).Status.ShouldBe(400);
        (await buyer.CardStatusAsync(card.Id)).ShouldBe("active");
    }

    [Fact]
    public async Task Redeeming_and_cancelling_at_once_have_one_outcome()
    {
        using var buyer = await fixture.SignInWithAsync(10_000);
        using var friend = await fixture.SignInAsync();
        for (var round = 0; round < 20; round++)
        {
            var card = await buyer.BuyCardAsync(10);
            var before = (Buyer: await buyer.BalanceAsync(), Friend: await friend.BalanceAsync());

            var answers = await Task.WhenAll(
                friend.RedeemAsync(card.Code, $"r{round}"), buyer.CancelAsync(card.Id), buyer.CancelAsync(card.Id));

            var isRedeemed = answers[0].Status == 200;
            answers[1].Status.ShouldBe(isRedeemed ? 409 : 200, answers[1].Text);
            answers[2].Status.ShouldBe(isRedeemed ? 409 : 200, answers[2].Text);
            (await buyer.BalanceAsync()).ShouldBe(before.Buyer + (isRedeemed ? 0 : 10));
            (await friend.BalanceAsync()).ShouldBe(before.Friend + (isRedeemed ? 10 : 0));
            if (!isRedeemed)
            {
                answers[0].ShouldBeNotFound();
                using var next = await fixture.SignInAsync();
                (await next.RedeemAsync(card.Code)).ShouldBeNotFound();
                return;
            }
        }
    }
}

[Collection(OnSqlite.Name)]
public sealed class CancelCardOnSqliteTests(SqliteProduct product) : CancelCardTests(product);

[Collection(OnPostgres.Name)]
public sealed class CancelCardOnPostgresTests(PostgresProduct product) : CancelCardTests(product);
