using Tokens.Testing.Products;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Calls;

public abstract class DeductCallTests(ProductFixture fixture)
{
    private const string Path = "/api/tokens/calls/deduct";

    [Fact]
    public async Task A_call_moves_tokens_to_whoever_is_on_the_other_end()
    {
        using var caller = await fixture.SignInWithAsync(1_000);
        using var other = await fixture.SignInAsync();

        var answer = await caller.PostAsync(
            Path, new { counterpartyId = other.Id, amountTokens = 60, sessionId = "session-1", channel = "video" });

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["success", "transactionId", "tokensDeducted", "sessionId", "senderBalance", "newBalance", "timestamp"]);
        answer.Json.GetProperty("tokensDeducted").GetInt64().ShouldBe(60);
        answer.Json.GetProperty("sessionId").GetString().ShouldBe("session-1");
        answer.Json.GetProperty("senderBalance").GetInt64().ShouldBe(940);
        answer.Json.GetProperty("newBalance").GetInt64().ShouldBe(940);
        (await other.BalanceAsync()).ShouldBe(60);
        var entry = (await other.GetAsync("/api/tokens/transactions")).Json.GetProperty("transactions")[0];
        entry.GetProperty("type").GetString().ShouldBe("call");
        entry.GetProperty("reference").GetString().ShouldBe("session-1");
        entry.GetProperty("channel").GetString().ShouldBe("video");
        entry.GetProperty("relatedUserId").GetGuid().ShouldBe(caller.Id);
    }

    [Fact]
    public async Task Wrong_fields_are_named_and_change_nothing()
    {
        using var caller = await fixture.SignInWithAsync(1_000);
        using var other = await fixture.SignInAsync();
        var before = await fixture.StateAsync();

        foreach (var amount in MoneyRequests.WrongAmounts)
        {
            (await caller.PostJsonAsync(Path, Body(other.Id, amount))).ShouldBeFault("amountTokens", "Invalid token amount", amount);
        }

        foreach (var session in new[] { "\"\"", $"\"{new string('s', 101)}\"", "5", "null", "{}", "\"a\\u0000\"", "\"a\\nb\"", "\"\\ud800\"" })
        {
            (await caller.PostJsonAsync(Path, Body(other.Id, "1", session))).ShouldBeFault("sessionId", "Invalid session id", session);
        }

        foreach (var channel in new[] { $"\"{new string('x', 101)}\"", "5", "\"a\\rb\"" })
        {
            (await caller.PostJsonAsync(Path, Body(other.Id, "1", "\"s\"", channel)))
                .ShouldBeFault("channel", "Invalid channel format", channel);
        }

        (await caller.PostJsonAsync(Path, """{"counterpartyId":"x","amountTokens":1,"sessionId":"s"}"""))
            .ShouldBeFault("counterpartyId", "Invalid counterparty id", "x");
        (await caller.PostJsonAsync(Path, Body(caller.Id, "1"))).ShouldBeFault("counterpartyId", "Cannot pay yourself", "own id");
        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Checks_come_in_the_order_of_counterparty_hold_balance_and_change_nothing()
    {
        using var caller = await fixture.SignInWithAsync(10);
        using var other = await fixture.SignInWithAsync(10);
        await fixture.Db().SetDebtAsync(caller.Id, 5);
        var before = await fixture.StateAsync();

        var unknown = await caller.PostJsonAsync(Path, Body(Guid.NewGuid(), "100"));
        unknown.Status.ShouldBe(404);
        unknown.Code.ShouldBe("recipient_not_found");
        var held = await caller.PostJsonAsync(Path, Body(other.Id, "100"));
        held.Status.ShouldBe(423);
        held.Json.GetProperty("debt").GetInt64().ShouldBe(5);
        (await fixture.StateAsync()).ShouldBe(before);

        await fixture.Db().SetDebtAsync(caller.Id, 0);
        var low = await caller.PostJsonAsync(Path, Body(other.Id, "100"));
        low.Status.ShouldBe(402);
        low.Json.GetProperty("detail").GetString().ShouldBe("You have 10 tokens and need 100.");
    }

    private static string Body(Guid counterparty, string amount, string session = "\"s\"", string channel = "null") =>
        $$"""{"counterpartyId":"{{counterparty}}","amountTokens":{{amount}},"sessionId":{{session}},"channel":{{channel}}}""";
}

[Collection(OnSqlite.Name)]
public sealed class DeductCallOnSqliteTests(SqliteProduct product) : DeductCallTests(product);

[Collection(OnPostgres.Name)]
public sealed class DeductCallOnPostgresTests(PostgresProduct product) : DeductCallTests(product);
