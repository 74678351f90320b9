using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.Redemptions;

public abstract class RedeemCardTests(ProductFixture fixture)
{
    [Fact]
    public async Task A_code_brings_its_tokens_however_it_is_typed()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        using var friend = await fixture.SignInAsync();
        foreach (var typed in new Func<string, string>[]
        {
            code => code,
            code => code.ToUpperInvariant(),
            code => code.Replace("-", ""),
            code => $"  {code.ToUpperInvariant().Replace("-", "")}\t\n",
            code => code.Replace('-', '\u2011'),
            code => code.Replace("-", "\u00AD\u200B\r\n"),
            code => $"https://app.example.com/redeem/{code}?utm_source=mail#top",
            code => $"https://app.example.com/redeem#{code}",
        })
        {
            var card = await buyer.BuyCardAsync(10);
            var before = await friend.BalanceAsync();

            var answer = await friend.RedeemAsync(typed(card.Code));

            answer.Status.ShouldBe(200, answer.Text);
            answer.Json.GetProperty("tokensReceived").GetInt64().ShouldBe(10);
            answer.Json.GetProperty("newBalance").GetInt64().ShouldBe(before + 10);
            (await friend.BalanceAsync()).ShouldBe(before + 10);
            (await friend.RedeemAsync(card.Code)).ShouldBeNotFound();
        }

        var entry = (await friend.GetAsync("/api/tokens/transactions?limit=1")).Json.GetProperty("transactions")[0];
        entry.GetProperty("type").GetString().ShouldBe("gift_card_redeemed");
        entry.GetProperty("tokens").GetInt64().ShouldBe(10);
    }

    [Fact]
    public async Task The_buyer_can_not_redeem_it()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        var card = await buyer.BuyCardAsync(10);

        var answer = await buyer.RedeemAsync(card.Code);

        answer.Status.ShouldBe(400, answer.Text);
        answer.Title.ShouldBe("Cannot redeem your own gift card");
        (await buyer.BalanceAsync()).ShouldBe(990);
    }

    [Fact]
    public async Task Unknown_used_and_cancelled_are_answered_alike()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        using var friend = await fixture.SignInAsync();
        var (used, cancelled) = (await buyer.BuyCardAsync(10), await buyer.BuyCardAsync(10));
        (await friend.RedeemAsync(used.Code)).Status.ShouldBe(200);
        (await buyer.CancelAsync(cancelled.Id)).Status.ShouldBe(200);

        var answers = new[]
        {
            await friend.RedeemAsync(used.Code),
            await friend.RedeemAsync(cancelled.Code),
            await friend.RedeemAsync(Guid.NewGuid().ToString()),
            await friend.RedeemAsync("no code at all"),
            await friend.RedeemAsync("https://app.example.com/redeem/"),
            await friend.RedeemAsync($"{used.Code}0"),
            await friend.RedeemAsync("'; DROP TABLE cards; --"),
        };

        foreach (var answer in answers)
        {
            answer.ShouldBeNotFound();
        }

        answers.Select(answer => answer.Json.GetProperty("detail").GetString()).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_key_replays_its_answer_and_belongs_to_one_code()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        using var friend = await fixture.SignInAsync();
        var (card, other) = (await buyer.BuyCardAsync(10), await buyer.BuyCardAsync(20));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => friend.RedeemAsync(card.Code, "k")));
        var upper = await friend.RedeemAsync(card.Code.ToUpperInvariant(), "k");

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Append(upper).Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        upper.IsReplay.ShouldBeTrue();
        (await friend.BalanceAsync()).ShouldBe(10);
        var reused = await friend.RedeemAsync(other.Code, "k");
        reused.Status.ShouldBe(422, reused.Text);
        (await friend.BalanceAsync()).ShouldBe(10);
    }

    [Fact]
    public async Task A_link_and_its_code_are_one_payload_and_text_that_is_no_code_another()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        using var friend = await fixture.SignInAsync();
        var card = await buyer.BuyCardAsync(10);
        (await friend.RedeemAsync($"https://app.example.com/redeem/{card.Code}", "k")).Status.ShouldBe(200);

        (await friend.RedeemAsync(card.Code, "k")).IsReplay.ShouldBeTrue();
        (await friend.RedeemAsync("no code at all", "k")).Code.ShouldBe("idempotency_key_reused");
        (await friend.RedeemAsync("no code at all", "other")).ShouldBeNotFound();
        (await friend.BalanceAsync()).ShouldBe(10);
    }

    [Fact]
    public async Task A_refusal_frees_the_key()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        using var friend = await fixture.SignInAsync();
        (await friend.RedeemAsync(Guid.NewGuid().ToString(), "k")).ShouldBeNotFound();
        var card = await buyer.BuyCardAsync(10);

        (await friend.RedeemAsync(card.Code, "k")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_balance_that_can_not_take_the_tokens_leaves_the_card_to_others()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        using var rich = await fixture.SignInWithAsync(9_007_199_254_740_991);
        using var friend = await fixture.SignInAsync();
        var card = await buyer.BuyCardAsync(10);

        var answer = await rich.RedeemAsync(card.Code, "k");

        answer.Status.ShouldBe(409, answer.Text);
        (await buyer.CardStatusAsync(card.Id)).ShouldBe("active");
        (await friend.RedeemAsync(card.Code)).Status.ShouldBe(200);
        (await friend.BalanceAsync()).ShouldBe(10);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"giftCardCode":""}""")]
    [InlineData("""{"giftCardCode":12345}""")]
    [InlineData("""{"giftCardCode":["a"]}""")]
    public async Task What_is_no_text_names_the_field(string body)
    {
        using var friend = await fixture.SignInAsync();

        var answer = await friend.SendAsync(HttpMethod.Post, "/api/tokens/redeem-gift-card", new StringContent(body, null, "application/json"));

        answer.Status.ShouldBe(400, answer.Text);
        answer.Json.GetProperty("errors").TryGetProperty("giftCardCode", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_code_of_ten_kilobytes_is_refused()
    {
        using var friend = await fixture.SignInAsync();

        (await friend.RedeemAsync(new string('a', 10_240))).Status.ShouldBe(400);
    }
}

[Collection(OnSqlite.Name)]
public sealed class RedeemCardOnSqliteTests(SqliteProduct product) : RedeemCardTests(product);

[Collection(OnPostgres.Name)]
public sealed class RedeemCardOnPostgresTests(PostgresProduct product) : RedeemCardTests(product);
