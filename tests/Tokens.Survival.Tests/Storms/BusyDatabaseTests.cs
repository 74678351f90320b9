using Npgsql;
using Tokens.Survival.Tests.Storms.Load;
using Tokens.Testing;
using Tokens.Testing.Running;
using Xunit.Abstractions;

namespace Tokens.Survival.Tests.Storms;

[Collection(Alone.Name)]
[Trait(Form.Trait, Form.Extended)]
public sealed class BusyDatabaseTests(ITestOutputHelper output)
{
    private const int Fans = 32;
    private const int Refused = 64;

    [Fact]
    public async Task A_database_without_a_free_connection_is_told_as_503_until_there_is_one()
    {
        await using var postgres = await OwnPostgres.StartNewAsync("max_connections = 30", "superuser_reserved_connections = 0");
        await using var installation = await Installation.PostgresAsync(postgres.Databases);
        await using var storm = await BeginAsync(installation);
        await storm.GoesOnAsync(tips: 200);

        await using (var others = await OtherSessions.TakeAllAsync(postgres.ConnectionString, installation.Settings["DATABASE_URL"]!))
        {
            await storm.IsInterruptedAsync(Refused);
        }

        await storm.GoesOnAsync(tips: 200);
        storm.EveryInterruptionShouldBeAClearRefusal();
        await storm.EndAndVerifyAsync();
    }

    [Theory]
    [InlineData("500", "60000")] // the lock runs out first
    [InlineData("60000", "500")] // the statement does
    public async Task Accounts_that_somebody_else_holds_are_told_as_503_until_they_are_free(string lockTimeoutMs, string statementTimeoutMs)
    {
        await using var installation = await Installation.PostgresAsync();
        installation.Settings["Ledger__LockTimeoutMs"] = lockTimeoutMs;
        installation.Settings["Ledger__StatementTimeoutMs"] = statementTimeoutMs;
        await using var storm = await BeginAsync(installation);
        await storm.GoesOnAsync(tips: 200);

        await using (var holder = new NpgsqlConnection(installation.Settings["DATABASE_URL"] + ";Pooling=false"))
        {
            await holder.OpenAsync();
            await using var transaction = await holder.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("LOCK TABLE wallet.accounts IN EXCLUSIVE MODE", holder, transaction);
            await command.ExecuteNonQueryAsync();
            await storm.IsInterruptedAsync(Refused);
            await transaction.RollbackAsync();
        }

        await storm.GoesOnAsync(tips: 200);
        storm.EveryInterruptionShouldBeAClearRefusal();
        await storm.EndAndVerifyAsync();
    }

    private async Task<Storm> BeginAsync(Installation installation)
    {
        var seed = StormSeed.Choose(output);
        await installation.StartAsync();
        return await Storm.BeginAsync(seed, Fans, installation.Gateway);
    }
}
