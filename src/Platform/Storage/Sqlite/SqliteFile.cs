using Microsoft.Data.Sqlite;

namespace Tokens.Platform.Storage.Sqlite;

/// <summary>A module's SQLite file: how it is opened, and the one gate through which it is written.</summary>
public sealed class SqliteFile : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    internal SqliteFile(string path)
    {
        Path = path;
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ConnectionString;
    }

    /// <summary>Absolute path of the file.</summary>
    public string Path { get; }

    internal string ConnectionString { get; }

    /// <summary>Waits for the turn to write: SQLite would poll in blocking steps instead. Dispose what it returns to end the turn.</summary>
    public async Task<IDisposable> EnterWriteAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        return new Turn(_gate);
    }

    /// <summary>Opens a connection that is durable: write-ahead log, every commit flushed to the disk.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        SqliteDurability.Ensure(connection);
        return connection;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _gate.Dispose();
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        private SemaphoreSlim? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
