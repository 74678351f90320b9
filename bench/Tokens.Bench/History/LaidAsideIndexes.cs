using Npgsql;

namespace Tokens.Bench.History;

/// <summary>The indexes of the transfers, dropped while millions of rows come in and built again afterwards; the key stays.</summary>
internal sealed class LaidAsideIndexes : IAsyncDisposable
{
    private const string Find = """
        SELECT schemaname || '.' || quote_ident(indexname), indexdef FROM pg_indexes
        WHERE schemaname = 'wallet' AND tablename = 'transfers' AND indexname NOT IN (SELECT conname FROM pg_constraint)
        """;

    private readonly NpgsqlConnection _connection;
    private readonly List<(string Name, string Definition)> _indexes = [];

    private LaidAsideIndexes(NpgsqlConnection connection) => _connection = connection;

    internal static async Task<LaidAsideIndexes> OfTransfersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var aside = new LaidAsideIndexes(connection);
        await aside.FindAsync(cancellationToken);
        foreach (var (name, _) in aside._indexes)
        {
            await aside.ExecuteAsync($"DROP INDEX {name}", cancellationToken);
        }

        return aside;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, definition) in _indexes)
        {
            await ExecuteAsync(definition, CancellationToken.None);
        }
    }

    private async Task FindAsync(CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand(Find, _connection);
        await using var reader = await find.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            _indexes.Add((reader.GetString(0), reader.GetString(1)));
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
