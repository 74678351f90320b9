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

    /// <summary>Drops the database and whoever is still connected to it.</summary>
    public async ValueTask DisposeAsync() => await _server.DropAsync(Name);
}
