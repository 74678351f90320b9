using Npgsql;

namespace Tokens.Testing;

/// <summary>The PostgreSQL server that the test script starts; gives each test a database of its own.</summary>
public sealed class PostgresServer
{
    /// <summary>The environment variable with an Npgsql connection string: a superuser on the maintenance database.</summary>
    public const string Variable = "TOKENS_TEST_POSTGRES";

    /// <summary>The environment variable with the name of a migrated database on that server.</summary>
    public const string TemplateVariable = "TOKENS_TEST_POSTGRES_TEMPLATE";

    private readonly string _maintenance;
    private readonly string? _template;

    private PostgresServer(string maintenance, string? template) => (_maintenance, _template) = (maintenance, template);

    /// <summary>The server that <see cref="Variable"/> names.</summary>
    /// <exception cref="InvalidOperationException">The variable is not set: a test without its server fails, it is never skipped.</exception>
    public static PostgresServer FromEnvironment() =>
        At(Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable(TemplateVariable));

    /// <summary>The server at <paramref name="connectionString"/>, or a failure that says how to get one.</summary>
    /// <param name="connectionString">Npgsql connection string of a superuser.</param>
    /// <param name="template">The name of a migrated database on it; null or empty where there is none.</param>
    public static PostgresServer At(string? connectionString, string? template = null) => string.IsNullOrWhiteSpace(connectionString)
        ? throw new InvalidOperationException(
            $"This test needs PostgreSQL: run ./test.sh, or set {Variable} to the connection string of a superuser.")
        : new PostgresServer(connectionString, string.IsNullOrWhiteSpace(template) ? null : template);

    /// <summary>Creates an empty database under a name that no other test has; disposing it drops it, open connections or not.</summary>
    public Task<PostgresDatabase> CreateDatabaseAsync(CancellationToken cancellationToken = default) =>
        CreateDatabaseAsync(template: null, cancellationToken);

    /// <summary>Creates a copy of the migrated database, or an empty database where the server has no template.</summary>
    public Task<PostgresDatabase> CreateMigratedDatabaseAsync(CancellationToken cancellationToken = default) =>
        CreateDatabaseAsync(_template, cancellationToken);

    private async Task<PostgresDatabase> CreateDatabaseAsync(string? template, CancellationToken cancellationToken)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template ?? "template1"}", cancellationToken);
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
