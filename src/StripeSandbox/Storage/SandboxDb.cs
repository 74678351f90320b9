using Microsoft.Data.Sqlite;

namespace Tokens.StripeSandbox.Storage;

/// <summary>
/// The sandbox's SQLite file. Writers pass a gate one by one, each in a transaction that is on the disk before it is answered; readers
/// see the last commit and wait for nobody.
/// </summary>
internal sealed class SandboxDb(SandboxSettings settings) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private DataDirectoryLock? directoryLock;
    private SqliteConnection? writer;

    private readonly string path = Path.Combine(settings.DataDirectory, "stripe-sandbox.db");

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString;

    internal void Open()
    {
        PrivateFiles.EnsureDirectory(settings.DataDirectory);
        directoryLock = DataDirectoryLock.Take(settings.DataDirectory);
        PrivateFiles.EnsureDatabase(path);
        writer = Connect();
        Schema.Apply(writer);
    }

    /// <summary>Commits all that <paramref name="work"/> does, or, when it throws, nothing of it.</summary>
    internal async Task<T> WriteAsync<T>(Func<DbSession, T> work)
    {
        // Stripe carries a request out whether or not its caller still listens, so nothing cancels the wait.
        await gate.WaitAsync(CancellationToken.None);
        try
        {
            using var transaction = Writer.BeginTransaction();
            var session = new DbSession(Writer, transaction);
            var result = work(session);
            transaction.Commit();
            session.Committed();
            return result;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Runs <paramref name="work"/> on one snapshot of the database.</summary>
    internal T Read<T>(Func<DbSession, T> work)
    {
        using var connection = Connect();
        using var transaction = connection.BeginTransaction(deferred: true);
        return work(new DbSession(connection, transaction));
    }

    public void Dispose()
    {
        writer?.Dispose();
        using (var connection = new SqliteConnection(ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        directoryLock?.Dispose();
        gate.Dispose();
    }

    private SqliteConnection Writer => writer ?? throw new InvalidOperationException("The storage isn't open yet.");

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            Require(connection, "PRAGMA journal_mode = WAL", "wal");
            Require(connection, "PRAGMA synchronous = FULL; PRAGMA synchronous", "2");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Require(SqliteConnection connection, string pragma, string expected)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The two callers above pass literals.
        command.CommandText = pragma;
#pragma warning restore CA2100
        var actual = Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        if (actual != expected)
        {
            throw new InvalidOperationException($"SQLite answered '{actual}' to '{pragma}', expected '{expected}'.");
        }
    }
}
