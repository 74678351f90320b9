using Tokens.Testing.Products;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Adjustments;

public abstract class AdjustBalanceTests(ProductFixture fixture)
{
    private const string Path = "/api/tokens/admin/adjustments";

    [Fact]
    public async Task An_administrator_gives_and_takes_tokens()
    {
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        using var member = await fixture.SignInAsync();

        var given = await admin.PostAsync(Path, new { memberId = member.Id, tokens = 500, reason = "goodwill 🎁" });
        var taken = await admin.PostAsync(Path, new { memberId = member.Id, tokens = "-200", reason = "too much" });

        given.Status.ShouldBe(200, given.Text);
        given.Json.GetProperty("balance").GetInt64().ShouldBe(500);
        taken.Json.GetProperty("balance").GetInt64().ShouldBe(300);
        var entries = (await member.GetAsync("/api/tokens/transactions")).Json.GetProperty("transactions");
        entries[0].GetProperty("tokens").GetInt64().ShouldBe(-200);
        entries[1].GetProperty("tokens").GetInt64().ShouldBe(500);
        entries[1].GetProperty("type").GetString().ShouldBe("adjustment");
        entries[1].GetProperty("message").GetString().ShouldBe("goodwill 🎁");
        entries[1].GetProperty("relatedUserId").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Wrong_fields_are_named_and_change_nothing()
    {
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        using var member = await fixture.SignInAsync();
        var before = await fixture.StateAsync();

        foreach (var tokens in MoneyRequests.WrongAmounts.Except(["-5", "\"-5\""]).Append("-9007199254740992"))
        {
            (await admin.PostJsonAsync(Path, Body(member.Id, tokens, "\"because\"")))
                .ShouldBeFault("tokens", "Invalid token amount", tokens);
        }

        foreach (var reason in new[] { "\"\"", "\"ab\"", $"\"{new string('r', 501)}\"", "5", "null", "[]", "\"abc\\u0000\"", "\"abc\\ud800\"" })
        {
            (await admin.PostJsonAsync(Path, Body(member.Id, "5", reason))).ShouldBeFault("reason", "Invalid reason", reason);
        }

        foreach (var id in new[] { "x", $"{Guid.Empty}", "00000000-0000-8000-8000-000700000000" })
        {
            (await admin.PostJsonAsync(Path, $$"""{"memberId":"{{id}}","tokens":5,"reason":"because"}"""))
                .ShouldBeFault("memberId", "Invalid member id", id);
        }

        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Only_administrators_adjust()
    {
        using var member = await fixture.SignInAsync(isCreator: true, roles: "tokens-reader");
        var before = await fixture.StateAsync();

        var answer = await member.PostAsync(Path, new { memberId = member.Id, tokens = 500, reason = "please" });

        answer.Status.ShouldBe(403);
        answer.Code.ShouldBe("forbidden");
        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_balance_is_never_taken_below_zero_nor_above_what_readers_keep_exact()
    {
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        using var member = await fixture.SignInWithAsync(100);
        var before = await fixture.StateAsync();

        (await admin.PostAsync(Path, new { memberId = member.Id, tokens = -101, reason = "too much" }))
            .Code.ShouldBe("insufficient_balance");
        (await admin.PostAsync(Path, new { memberId = member.Id, tokens = 9_007_199_254_740_991, reason = "too much" }))
            .Code.ShouldBe("conflict");
        (await fixture.StateAsync()).ShouldBe(before);

        (await admin.PostAsync(Path, new { memberId = member.Id, tokens = 9_007_199_254_740_891, reason = "just enough" }))
            .Json.GetProperty("balance").GetInt64().ShouldBe(9_007_199_254_740_991);
        (await member.GetAsync("/api/tokens/balance")).Json.GetProperty("usdEstimate").GetDecimal().ShouldBe(450_359_962_737_049.55m);
        (await admin.PostAsync(Path, new { memberId = member.Id, tokens = -9_007_199_254_740_991, reason = "and back" }))
            .Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_member_on_hold_can_be_adjusted()
    {
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        using var member = await fixture.SignInWithAsync(100);
        await fixture.Db().SetDebtAsync(member.Id, 50);

        (await admin.PostAsync(Path, new { memberId = member.Id, tokens = -50, reason = "paid back" })).Status.ShouldBe(200);
    }

    private static string Body(Guid member, string tokens, string reason) =>
        $$"""{"memberId":"{{member}}","tokens":{{tokens}},"reason":{{reason}}}""";
}

[Collection(OnSqlite.Name)]
public sealed class AdjustBalanceOnSqliteTests(SqliteProduct product) : AdjustBalanceTests(product);

[Collection(OnPostgres.Name)]
public sealed class AdjustBalanceOnPostgresTests(PostgresProduct product) : AdjustBalanceTests(product);
