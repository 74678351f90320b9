using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tokens.Platform.Storage.Sqlite;

/// <summary>Sets and asserts what makes a commit durable, on every connection: both settings belong to the connection, not the file.</summary>
internal sealed class SqliteDurability : DbConnectionInterceptor
{
    private const int SynchronousFull = 2;

    internal static readonly SqliteDurability Interceptor = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Ensure(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Ensure(connection);
        return Task.CompletedTask;
    }

    internal static void Ensure(DbConnection connection)
    {
        // It commits nothing, and can't set what a file lacks: EF Core looks so whether there is a file, and one that a process
        // killed in its first start left without a write-ahead log would stop every later start.
        if (new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly)
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        var journal = command.ExecuteScalar() as string;
        command.CommandText = "PRAGMA synchronous=FULL; PRAGMA synchronous";
        var synchronous = Convert.ToInt32(command.ExecuteScalar());
        if (journal != "wal" || synchronous != SynchronousFull)
        {
            throw new InvalidOperationException(
                $"SQLite must run with journal_mode=wal and synchronous=2, but has {journal} and {synchronous}.");
        }
    }
}
