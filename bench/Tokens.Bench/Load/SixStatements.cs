using Npgsql;
using Tokens.Bench.Processes;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Load;

/// <summary>Raw PostgreSQL: the transaction that a server without a ledger would send for a tip, by pgbench.</summary>
internal sealed class SixStatements
{
    private const string Database = "six_statements";
    private const int Clients = 16;
    private const int Threads = 2;
    private const string Fill = "INSERT INTO accounts SELECT id, 1000000000, 0 FROM generate_series(1, 2 * $1) AS id";

    private readonly Servers _servers;
    private readonly int _members;

    private SixStatements(Servers servers, int members)
    {
        _servers = servers;
        _members = members;
    }

    internal static async Task<SixStatements> PrepareAsync(Servers servers, int members, CancellationToken cancellationToken)
    {
        await servers.CreateDatabaseAsync(Database, cancellationToken);
        await using var connection = new NpgsqlConnection(servers.ConnectionString(Database));
        await connection.OpenAsync(cancellationToken);
        await using var tables = new NpgsqlCommand(await File.ReadAllTextAsync(Script("tables.sql"), cancellationToken), connection);
        await tables.ExecuteNonQueryAsync(cancellationToken);
        await using var fill = new NpgsqlCommand(Fill, connection);
        fill.Parameters.Add(new NpgsqlParameter<int> { TypedValue = members });
        await fill.ExecuteNonQueryAsync(cancellationToken);
        await using var analyze = new NpgsqlCommand("VACUUM ANALYZE", connection);
        await analyze.ExecuteNonQueryAsync(cancellationToken);
        return new SixStatements(servers, members);
    }

    internal async Task<LoadResult> RunAsync(bool onePayee, int seconds, CancellationToken cancellationToken)
    {
        var result = await Tool.RunAsync(
            _servers.Pgbench,
            [
                "--no-vacuum", "--protocol", "prepared", "--client", $"{Clients}", "--jobs", $"{Threads}", "--time", $"{seconds}",
                "--define", $"members={_members}", "--define", $"creators={(onePayee ? 1 : _members)}", "--file", Script("transfer.sql"),
                "--host", "127.0.0.1", "--port", $"{_servers.PostgresPort}", "--username", "postgres", Database,
            ],
            cancellationToken);
        return PgbenchOutput.Parse(result.Output) with { Generator = result.Usage };
    }

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Scripts", name);
}
