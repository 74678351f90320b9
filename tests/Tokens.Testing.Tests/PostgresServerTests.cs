using Npgsql;

namespace Tokens.Testing.Tests;

public sealed class PostgresServerTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Without_a_server_the_failure_says_how_to_get_one(string? connectionString)
    {
        var failure = Should.Throw<InvalidOperationException>(() => PostgresServer.At(connectionString));

        failure.Message.ShouldContain("./test.sh");
        failure.Message.ShouldContain(PostgresServer.Variable);
    }

    [Fact]
    public async Task A_database_is_empty_writable_and_dropped_even_while_someone_is_connected()
    {
        var server = PostgresServer.FromEnvironment();
        await using var other = await server.CreateDatabaseAsync();
        await using var witness = new NpgsqlConnection(other.ConnectionString);
        await witness.OpenAsync();
        string name;
        await using (var database = await server.CreateDatabaseAsync())
        {
            name = database.Name;
            await using var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
            await connection.OpenAsync();
            (await ScalarAsync(connection, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")).ShouldBe(0L);
            await ScalarAsync(connection, "CREATE TABLE note (text text)");
            (await CountAsync(witness, name)).ShouldBe(1L);
            await database.DisposeAsync();
            (await CountAsync(witness, name)).ShouldBe(0L);
        }

        (await CountAsync(witness, other.Name)).ShouldBe(1L);
    }

    private static Task<object?> CountAsync(NpgsqlConnection connection, string name) =>
        ScalarAsync(connection, $"SELECT count(*) FROM pg_database WHERE datname = '{name}'");

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
