using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.Cards;

public abstract class IssueCardTests(ProductFixture fixture)
{
    [Fact]
    public async Task A_card_takes_the_buyers_tokens_and_shows_its_code()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);

        var answer = await buyer.PostAsync(
            "/api/tokens/gift-card", new { tokenAmount = "250", message = "Happy birthday 🎂", expiresInDays = 7 });

        answer.Status.ShouldBe(200, answer.Text);
        var json = answer.Json;
        json.GetProperty("success").GetBoolean().ShouldBeTrue();
        var code = json.GetProperty("giftCardCode").GetString()!;
        Guid.ParseExact(code, "D").Version.ShouldBe(4);
        code.ShouldBe(code.ToLowerInvariant());
        json.GetProperty("tokenAmount").GetInt64().ShouldBe(250);
        json.GetProperty("message").GetString().ShouldBe("Happy birthday 🎂");
        json.GetProperty("redeemUrl").GetString().ShouldEndWith($"/redeem/{code}");
        json.GetProperty("newBalance").GetInt64().ShouldBe(750);
        (json.GetProperty("expiresAt").GetDateTime() - json.GetProperty("timestamp").GetDateTime()).TotalDays.ShouldBe(7, 0.01);
        (await buyer.BalanceAsync()).ShouldBe(750);
        var entry = (await buyer.GetAsync("/api/tokens/transactions?limit=1")).Json.GetProperty("transactions")[0];
        entry.GetProperty("type").GetString().ShouldBe("gift_card_created");
        entry.GetProperty("tokens").GetInt64().ShouldBe(-250);
        entry.GetProperty("reference").GetString().ShouldBe(json.GetProperty("giftCardId").GetString());
    }

    [Fact]
    public async Task Fifty_parallel_calls_with_one_key_make_one_card()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => buyer.IssueAsync(100, "one-key")));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        answers.ShouldContain(answer => answer.IsReplay);
        (await buyer.BalanceAsync()).ShouldBe(900);
        (await buyer.GetAsync("/api/tokens/gift-cards")).Json.GetProperty("giftCards").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_replay_shows_the_code_while_the_card_is_unused_and_hides_it_afterwards()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        using var friend = await fixture.SignInAsync();
        var first = await buyer.IssueAsync(100, "k");
        var again = await buyer.IssueAsync(100, "k");
        again.IsReplay.ShouldBeTrue();
        again.Text.ShouldBe(first.Text);
        (await friend.RedeemAsync(first.Json.GetProperty("giftCardCode").GetString()!)).Status.ShouldBe(200);

        var used = await buyer.IssueAsync(100, "k");

        used.Status.ShouldBe(200, used.Text);
        used.Json.GetProperty("giftCardCode").GetString().ShouldBeNull();
        used.Json.GetProperty("redeemUrl").GetString().ShouldBeNull();
        used.Json.GetProperty("giftCardId").GetGuid().ShouldBe(first.Json.GetProperty("giftCardId").GetGuid());
        used.Json.GetProperty("newBalance").GetInt64().ShouldBe(900);
    }

    [Fact]
    public async Task The_same_key_with_another_amount_is_refused()
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        (await buyer.IssueAsync(100, "k")).Status.ShouldBe(200);

        var answer = await buyer.IssueAsync(101, "k");

        answer.Status.ShouldBe(422, answer.Text);
        answer.Code.ShouldBe("idempotency_key_reused");
        (await buyer.BalanceAsync()).ShouldBe(900);
    }

    [Fact]
    public async Task Too_small_a_balance_refuses_changes_nothing_and_frees_the_key()
    {
        using var buyer = await fixture.SignInWithAsync(50);

        var refused = await buyer.IssueAsync(100, "k");
        (await buyer.IssueAsync(100)).Status.ShouldBe(402);

        refused.Status.ShouldBe(402, refused.Text);
        refused.Code.ShouldBe("insufficient_balance");
        refused.Json.GetProperty("currentBalance").GetInt64().ShouldBe(50);
        refused.Json.GetProperty("requiredTokens").GetInt64().ShouldBe(100);
        (await buyer.BalanceAsync()).ShouldBe(50);
        (await buyer.GetAsync("/api/tokens/gift-cards")).Json.GetProperty("giftCards").GetArrayLength().ShouldBe(0);
        (await buyer.GetAsync("/api/tokens/transactions")).Json.GetProperty("total").GetInt64().ShouldBe(1);
        (await buyer.IssueAsync(40, "k")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("""{}""", "tokenAmount")]
    [InlineData("""{"tokenAmount":0}""", "tokenAmount")]
    [InlineData("""{"tokenAmount":-5}""", "tokenAmount")]
    [InlineData("""{"tokenAmount":1.5}""", "tokenAmount")]
    [InlineData("""{"tokenAmount":50001}""", "tokenAmount")]
    [InlineData("""{"tokenAmount":"abc"}""", "tokenAmount")]
    [InlineData("""{"tokenAmount":10,"expiresInDays":0}""", "expiresInDays")]
    [InlineData("""{"tokenAmount":10,"expiresInDays":366}""", "expiresInDays")]
    [InlineData("""{"tokenAmount":10,"message":5}""", "message")]
    [InlineData("""{"tokenAmount":10,"message":"a\u0000b"}""", "message")]
    public async Task Bad_input_names_its_field_and_changes_nothing(string body, string field)
    {
        using var buyer = await fixture.SignInWithAsync(100_000);

        var answer = await buyer.SendAsync(HttpMethod.Post, "/api/tokens/gift-card", new StringContent(body, null, "application/json"));

        answer.Status.ShouldBe(400, answer.Text);
        answer.Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(answer.Text);
        (await buyer.BalanceAsync()).ShouldBe(100_000);
    }

    [Theory]
    [InlineData("'; DROP TABLE cards; --")]
    [InlineData("{0} {1} %s %n {@x}")]
    public async Task Words_are_kept_as_they_are(string message)
    {
        using var buyer = await fixture.SignInWithAsync(1_000);
        using var friend = await fixture.SignInAsync();
        var card = await buyer.BuyCardAsync(10, new { tokenAmount = 10, message });

        var answer = await friend.RedeemAsync(card.Code);

        answer.Json.GetProperty("message").GetString().ShouldBe(message);
    }
}

[Collection(OnSqlite.Name)]
public sealed class IssueCardOnSqliteTests(SqliteProduct product) : IssueCardTests(product);

[Collection(OnPostgres.Name)]
public sealed class IssueCardOnPostgresTests(PostgresProduct product) : IssueCardTests(product);
