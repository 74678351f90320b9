using System.Globalization;
using Npgsql;

namespace Tokens.Bench.Settings;

/// <summary>The servers that the script started for this run, and where things lie.</summary>
internal sealed record Servers
{
    internal required int PostgresPort { get; init; }

    internal required int PostgresProcessId { get; init; }

    internal required int RedisPort { get; init; }

    internal required int RedisProcessId { get; init; }

    /// <summary>Path of the pgbench that came with the server.</summary>
    internal required string Pgbench { get; init; }

    /// <summary>A directory that goes away with the run; the database lies on the same disk.</summary>
    internal required string WorkDirectory { get; init; }

    /// <summary>Where reports are kept.</summary>
    internal required string ResultsDirectory { get; init; }

    /// <summary>The product's program.</summary>
    internal required string Product { get; init; }

    internal string RedisUrl => $"redis://127.0.0.1:{RedisPort}";

    internal static Servers FromEnvironment()
    {
        return new Servers
        {
            PostgresPort = Number("BENCH_POSTGRES_PORT"),
            PostgresProcessId = Number("BENCH_POSTGRES_PID"),
            RedisPort = Number("BENCH_REDIS_PORT"),
            RedisProcessId = Number("BENCH_REDIS_PID"),
            Pgbench = Text("BENCH_PGBENCH"),
            WorkDirectory = Text("BENCH_WORK"),
            ResultsDirectory = Text("BENCH_RESULTS"),
            Product = Text("BENCH_PRODUCT"),
        };

        static int Number(string name) => int.Parse(Text(name), CultureInfo.InvariantCulture);

        static string Text(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? text
            : throw new OptionException($"{name} is not set: start this program by ./bench.sh.");
    }

    internal string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = PostgresPort,
        Username = "postgres",
        Database = database,
        CommandTimeout = 0,
    }.ConnectionString;

    /// <summary>Makes an empty database.</summary>
    internal async Task CreateDatabaseAsync(string database, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var create = new NpgsqlCommand($"CREATE DATABASE {database}", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }
}
