using Tokens.Testing.Products;

namespace Tokens.Wallet.Tests.Tips;

public abstract class SendTipTests(ProductFixture fixture)
{
    [Fact]
    public async Task A_tip_moves_tokens_from_the_fan_to_the_creator()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);

        var answer = await fan.PostAsync(
            "/api/tokens/tip", new { creatorId = creator.Id, amountTokens = 100, channel = "live", message = "well done 🎉" });

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        answer.Json.GetProperty("tipAmount").GetInt64().ShouldBe(100);
        answer.Json.GetProperty("tokensDeducted").GetInt64().ShouldBe(100);
        answer.Json.GetProperty("usdValue").GetDecimal().ShouldBe(5.00m);
        answer.Json.GetProperty("creatorId").GetGuid().ShouldBe(creator.Id);
        answer.Json.GetProperty("channel").GetString().ShouldBe("live");
        answer.Json.GetProperty("senderBalance").GetInt64().ShouldBe(900);
        answer.Json.GetProperty("newBalance").GetInt64().ShouldBe(900);
        (await fan.BalanceAsync()).ShouldBe(900);
        (await creator.BalanceAsync()).ShouldBe(100);
    }

    [Fact]
    public async Task Two_hundred_parallel_calls_with_one_key_have_one_effect_and_one_answer()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => fan.TipAsync(creator.Id, 100, "one-key")));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => !answer.IsReplay).ShouldBe(1);
        (await fan.BalanceAsync()).ShouldBe(900);
        (await creator.BalanceAsync()).ShouldBe(100);
    }
}

[Collection(OnSqlite.Name)]
public sealed class SendTipOnSqliteTests(SqliteProduct product) : SendTipTests(product);

[Collection(OnPostgres.Name)]
public sealed class SendTipOnPostgresTests(PostgresProduct product) : SendTipTests(product);
