using Tokens.Testing.Products;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Tips;

public abstract class SendTipRefusalTests(ProductFixture fixture)
{
    [Fact]
    public async Task Tipping_yourself_is_refused_before_anything_else()
    {
        using var creator = await fixture.SignInAsync(isCreator: true);
        await fixture.Db().SetDebtAsync(creator.Id, 5);
        var before = await fixture.StateAsync();

        (await creator.TipAsync(creator.Id, 100)).ShouldBeFault("creatorId", "Cannot tip yourself", "own id");
        (await creator.PostAsync($"/api/tokens/tip/{creator.Id}", new { amountTokens = 100 }))
            .ShouldBeFault("creatorId", "Cannot tip yourself", "own id in the path");
        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_stranger_and_a_fan_are_no_creators()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var other = await fixture.SignInAsync();
        var before = await fixture.StateAsync();

        foreach (var payee in new[] { Guid.NewGuid(), other.Id, Guid.Empty })
        {
            var answer = await fan.TipAsync(payee, 100);
            answer.Status.ShouldBe(404, answer.Text);
            answer.Code.ShouldBe("creator_not_found");
        }

        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_short_balance_says_what_is_there_and_what_is_needed()
    {
        using var fan = await fixture.SignInWithAsync(50);
        using var creator = await fixture.SignInAsync(isCreator: true);
        // A first tip, so that both accounts exist.
        (await fan.TipAsync(creator.Id, 10)).Status.ShouldBe(200);
        var before = await fixture.StateAsync();

        var answer = await fan.TipAsync(creator.Id, 100);

        answer.Status.ShouldBe(402);
        answer.ContentType.ShouldBe("application/problem+json");
        answer.Json.EnumerateObject().Select(member => member.Name).ShouldBe([
            "type", "title", "status", "detail", "instance", "success", "code", "error", "details", "message", "traceId", "timestamp",
            "currentBalance", "requiredTokens", "refillPending",
        ]);
        answer.Json.GetProperty("type").GetString().ShouldBe("urn:tokens:insufficient_balance");
        answer.Title.ShouldBe("Insufficient token balance");
        answer.Json.GetProperty("status").GetInt32().ShouldBe(402);
        answer.Json.GetProperty("detail").GetString().ShouldBe("You have 40 tokens and need 100.");
        answer.Json.GetProperty("instance").GetString().ShouldBe("/api/tokens/tip");
        answer.Code.ShouldBe("insufficient_balance");
        answer.Json.GetProperty("currentBalance").GetInt64().ShouldBe(40);
        answer.Json.GetProperty("requiredTokens").GetInt64().ShouldBe(100);
        answer.Json.GetProperty("refillPending").GetBoolean().ShouldBeFalse();
        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task The_whole_balance_can_be_tipped_but_not_one_token_more()
    {
        using var fan = await fixture.SignInWithAsync(50);
        using var creator = await fixture.SignInAsync(isCreator: true);

        (await fan.TipAsync(creator.Id, 51)).Status.ShouldBe(402);
        (await fan.TipAsync(creator.Id, 50)).Status.ShouldBe(200);
        (await fan.TipAsync(creator.Id, 1)).Json.GetProperty("detail").GetString().ShouldBe("You have 0 tokens and need 1.");
        (await fan.TipAsync(creator.Id, 9_007_199_254_740_991)).Status.ShouldBe(402);
    }

    [Fact]
    public async Task A_member_who_owes_tokens_can_not_tip_but_can_be_tipped()
    {
        using var debtor = await fixture.SignInWithAsync(1_000, isCreator: true);
        using var creator = await fixture.SignInWithAsync(1_000, isCreator: true);
        await fixture.Db().SetDebtAsync(debtor.Id, 77);
        var before = await fixture.StateAsync();

        var answer = await debtor.TipAsync(creator.Id, 1);

        answer.Status.ShouldBe(423);
        answer.Code.ShouldBe("account_on_hold");
        answer.Title.ShouldBe("Account on hold");
        answer.Json.GetProperty("debt").GetInt64().ShouldBe(77);
        (await fixture.StateAsync()).ShouldBe(before);
        (await creator.TipAsync(debtor.Id, 1)).Status.ShouldBe(200);
        (await debtor.GetAsync("/api/tokens")).Json.GetProperty("debt").GetInt64().ShouldBe(77);

        await fixture.Db().SetDebtAsync(debtor.Id, 0);
        (await debtor.TipAsync(creator.Id, 1)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Checks_come_in_the_order_of_body_creator_hold_balance()
    {
        using var fan = await fixture.SignInAsync();
        using var creator = await fixture.SignInAsync(isCreator: true);
        await fixture.Db().SetDebtAsync(fan.Id, 5);

        (await fan.PostAsync("/api/tokens/tip", new { creatorId = Guid.NewGuid(), amountTokens = 0 })).Status.ShouldBe(400);
        (await fan.TipAsync(Guid.NewGuid(), 1)).Code.ShouldBe("creator_not_found");
        (await fan.TipAsync(creator.Id, 1)).Code.ShouldBe("account_on_hold");
        await fixture.Db().SetDebtAsync(fan.Id, 0);
        (await fan.TipAsync(creator.Id, 1)).Code.ShouldBe("insufficient_balance");
    }

    [Fact]
    public async Task Without_a_sign_in_nothing_is_tipped()
    {
        using var creator = await fixture.SignInAsync(isCreator: true);
        creator.Client.DefaultRequestHeaders.Authorization = null;

        var answer = await creator.TipAsync(creator.Id, 1);

        answer.Status.ShouldBe(401);
        answer.Code.ShouldBe("unauthenticated");
    }

    [Fact]
    public async Task The_path_names_the_creator_whatever_the_body_says()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);

        var answer = await fan.PostAsync($"/api/tokens/tip/{creator.Id}", new { creatorId = Guid.NewGuid(), amountTokens = 100 });

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("creatorId").GetGuid().ShouldBe(creator.Id);
        (await creator.BalanceAsync()).ShouldBe(100);
    }
}

[Collection(OnSqlite.Name)]
public sealed class SendTipRefusalOnSqliteTests(SqliteProduct product) : SendTipRefusalTests(product);

[Collection(OnPostgres.Name)]
public sealed class SendTipRefusalOnPostgresTests(PostgresProduct product) : SendTipRefusalTests(product);
