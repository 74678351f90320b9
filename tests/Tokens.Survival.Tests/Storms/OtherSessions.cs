using Npgsql;

namespace Tokens.Survival.Tests.Storms;

/// <summary>Sessions of somebody else, who has taken every connection that a PostgreSQL server gives.</summary>
internal sealed class OtherSessions : IAsyncDisposable
{
    private readonly List<NpgsqlConnection> _sessions = [];

    /// <summary>Ends the product's sessions and takes their places, until it has none.</summary>
    internal static async Task<OtherSessions> TakeAllAsync(string server, string product)
    {
        var others = new OtherSessions();
        var database = new NpgsqlConnectionStringBuilder(product).Database!;
        var first = await others.TakeOneAsync(server) ?? throw new InvalidOperationException("The server gives no connection at all.");
        do
        {
            while (await others.TakeOneAsync(server) is not null)
            {
            }
        }
        while (await EndOneAsync(first, database));

        return others;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions)
        {
            await session.DisposeAsync();
        }
    }

    private async Task<NpgsqlConnection?> TakeOneAsync(string server)
    {
        var session = new NpgsqlConnection(server + ";Pooling=false");
        try
        {
            await session.OpenAsync();
            _sessions.Add(session);
            return session;
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            await session.DisposeAsync();
            return null;
        }
    }

    // One at a time, waiting for its end: its place is then free, for us or for the product, which is asked again.
    private static async Task<bool> EndOneAsync(NpgsqlConnection session, string database)
    {
        await using var command = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = @database AND backend_type = 'client backend' LIMIT 1", session);
        command.Parameters.AddWithValue("database", database);
        return await command.ExecuteScalarAsync() is not null;
    }
}
