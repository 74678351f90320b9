using Npgsql;

namespace Tokens.Testing;

/// <summary>The PostgreSQL server that the test script starts; gives each test a database of its own.</summary>
public sealed class PostgresServer
{
    /// <summary>The environment variable with an Npgsql connection string: a superuser on the maintenance database.</summary>
    public const string Variable = "TOKENS_TEST_POSTGRES";

    private readonly string _maintenance;

    private PostgresServer(string maintenance) => _maintenance = maintenance;

    /// <summary>The server that <see cref="Variable"/> names.</summary>
    /// <exception cref="InvalidOperationException">The variable is not set: a test without its server fails, it is never skipped.</exception>
    public static PostgresServer FromEnvironment() => At(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The server at <paramref name="connectionString"/>, or a failure that says how to get one.</summary>
    public static PostgresServer At(string? connectionString) => string.IsNullOrWhiteSpace(connectionString)
        ? throw new InvalidOperationException(
            $"This test needs PostgreSQL: run ./test.sh, or set {Variable} to the connection string of a superuser.")
        : new PostgresServer(connectionString);

    /// <summary>Creates an empty database under a name that no other test has; disposing it drops it, open connections or not.</summary>
    public async Task<PostgresDatabase> CreateDatabaseAsync(CancellationToken cancellationToken = default)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name}", cancellationToken);
        return new PostgresDatabase(this, name, new NpgsqlConnectionStringBuilder(_maintenance) { Database = name }.ConnectionString);
    }

    internal Task DropAsync(string name) => ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);

    internal async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        // Not kept: a test may have stopped and started the server since the last time.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_maintenance) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
