using Tokens.Host.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Roles;

/// <summary>A PgBouncer between the product and PostgreSQL.</summary>
public sealed class PoolerTests
{
    private const string Ignoring = "ignore_startup_parameters = extra_float_digits, options";

    [Theory]
    [InlineData("pool_mode = transaction", "", "the parameter pgbouncer=true")]
    [InlineData("pool_mode = transaction", ";pgbouncer=true", "in transaction or statement mode")]
    [InlineData("pool_mode = statement", ";pgbouncer=true", "in transaction or statement mode")]
    [InlineData("pool_mode = transaction", ";No Reset On Close=true;Max Auto Prepare=0", "in transaction or statement mode")]
    [InlineData("pool_mode = transaction\nserver_round_robin = 1", ";pgbouncer=true", "in transaction or statement mode")]
    [InlineData("pool_mode = session", "", "the parameter pgbouncer=true")]
    [InlineData("pool_mode = session\n" + Ignoring, "", "the parameter pgbouncer=true")]
    public async Task One_that_keeps_no_sessions_or_settings_is_refused_with_one_sentence(string mode, string parameters, string sentence)
    {
        await using var database = await PostgresServer.FromEnvironment().CreateDatabaseAsync();
        await using var pooler = await OwnPgBouncer.StartAsync(database.ConnectionString, mode.Split('\n'));

        var message = await Starts.RefusalAsync(
            "Development", new Dictionary<string, string?> { ["DATABASE_URL"] = pooler.Through(database.ConnectionString) + parameters });

        message.ShouldStartWith("DATABASE_URL leads through a pooler");
        message.ShouldContain(sentence);
    }

    [Fact]
    public async Task One_in_session_mode_serves_when_the_address_says_so()
    {
        await using var database = await PostgresServer.FromEnvironment().CreateDatabaseAsync();
        await using var pooler = await OwnPgBouncer.StartAsync(database.ConnectionString, "pool_mode = session");
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(
            storage, new Dictionary<string, string?> { ["DATABASE_URL"] = pooler.Through(database.ConnectionString) + ";pgbouncer=true" });
        using var admin = await Members.AdminAsync(product.Gateway);
        using var fan = await Members.WithTokensAsync(product.Gateway, admin, 100);
        using var creator = await Members.CreatorAsync(product.Gateway);

        // More than once, so that statements are prepared and used again on sessions that were given back.
        for (var i = 0; i < 12; i++)
        {
            (await fan.TipAsync(creator.Id, 1, $"tip-{i}")).Status.ShouldBe(200);
            (await fan.GetAsync("/api/tokens/transactions")).Status.ShouldBe(200);
        }

        (await creator.BalanceAsync()).ShouldBe(12);
        (await fan.BuyAsync(50, "pm_card_visa")).Status.ShouldBe(200);
        await Members.LedgerShouldBeCleanAsync(admin);
    }
}
