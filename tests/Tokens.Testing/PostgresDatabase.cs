namespace Tokens.Testing;

/// <summary>A database that exists for one test.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;

    internal PostgresDatabase(PostgresServer server, string name, string connectionString) =>
        (_server, Name, ConnectionString) = (server, name, connectionString);

    /// <summary>The database's name on its server.</summary>
    public string Name { get; }

    /// <summary>Npgsql connection string of a superuser on this database.</summary>
    public string ConnectionString { get; }

    /// <summary>
    /// Makes new sessions read-only, as providers do when the disk is nearly full, and ends those that aren't; or lets new ones write
    /// again, while the read-only ones live on.
    /// </summary>
    public async Task SetReadOnlyAsync(bool isReadOnly)
    {
        await _server.ExecuteAsync(
            $"ALTER DATABASE {Name} SET default_transaction_read_only = {(isReadOnly ? "on" : "off")}", CancellationToken.None);
        if (isReadOnly)
        {
            await _server.ExecuteAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}'", CancellationToken.None);
        }
    }

    /// <summary>Drops the database and whoever is still connected to it.</summary>
    public async ValueTask DisposeAsync() => await _server.DropAsync(Name);
}
