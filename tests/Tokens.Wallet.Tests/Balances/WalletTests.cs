using Tokens.Testing.Products;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Balances;

public abstract class WalletTests(ProductFixture fixture)
{
    [Theory]
    [InlineData("/api/tokens")]
    [InlineData("/api/wallet")]
    [InlineData("/api/v1/wallet")]
    public async Task The_wallet_has_an_old_clients_names_and_the_members_totals(string path)
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        (await fan.TipAsync(creator.Id, 300)).Status.ShouldBe(200);
        await fixture.Db().SetDebtAsync(fan.Id, 20);

        var spender = await fan.GetAsync(path);
        spender.Status.ShouldBe(200);
        var json = spender.Json;
        json.EnumerateObject().Select(member => member.Name).ShouldBe([
            "tokens", "balance", "total_balance", "total_purchased", "total_spent", "total_earned", "debt", "updated_at",
        ]);
        json.GetProperty("tokens").GetInt64().ShouldBe(700);
        json.GetProperty("balance").GetInt64().ShouldBe(700);
        json.GetProperty("total_balance").GetInt64().ShouldBe(700);
        json.GetProperty("total_purchased").GetInt64().ShouldBe(0);
        json.GetProperty("total_spent").GetInt64().ShouldBe(300);
        json.GetProperty("total_earned").GetInt64().ShouldBe(0);
        json.GetProperty("debt").GetInt64().ShouldBe(20);
        (await creator.GetAsync(path)).Json.GetProperty("total_earned").GetInt64().ShouldBe(300);
    }

    [Fact]
    public async Task The_balance_is_told_with_what_it_is_worth()
    {
        using var member = await fixture.SignInWithAsync(333);

        var answer = await member.GetAsync("/api/tokens/balance");

        answer.Json.EnumerateObject().Select(each => each.Name)
            .ShouldBe(["success", "balance", "usdEstimate", "tokenValue", "cached", "timestamp"]);
        answer.Json.GetProperty("balance").GetInt64().ShouldBe(333);
        answer.Json.GetProperty("usdEstimate").GetDecimal().ShouldBe(16.65m);
        answer.Json.GetProperty("tokenValue").GetDecimal().ShouldBe(0.05m);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_member_never_seen_before_has_nothing()
    {
        using var member = await fixture.SignInAsync();

        (await member.BalanceAsync()).ShouldBe(0);
        var wallet = (await member.GetAsync("/api/tokens")).Json;
        wallet.GetProperty("tokens").GetInt64().ShouldBe(0);
        wallet.GetProperty("debt").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task The_next_reading_shows_every_change()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        for (var i = 1; i <= 20; i++)
        {
            (await fan.TipAsync(creator.Id, 1)).Status.ShouldBe(200);
            (await fan.BalanceAsync()).ShouldBe(1_000 - i);
            (await creator.BalanceAsync()).ShouldBe(i);
        }
    }
}

[Collection(OnSqlite.Name)]
public sealed class WalletOnSqliteTests(SqliteProduct product) : WalletTests(product);

[Collection(OnPostgres.Name)]
public sealed class WalletOnPostgresTests(PostgresProduct product) : WalletTests(product);
