using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tokens.Platform.Storage.Writes;

/// <summary>Reads from a fault why a database that can be reached takes no changes for now.</summary>
internal static class WriteFaults
{
    internal const string ReadOnly = "The database is read-only.";
    internal const string DiskFull = "The database's disk is full.";
    internal const string DiskFails = "The database can't write to its disk.";

    private const int SqliteReadOnly = 8;
    private const int SqliteInputOutput = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    /// <summary>A sentence for operators; null for a fault that says nothing of the kind.</summary>
    internal static string? ReasonOf(Exception fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case PostgresException postgres:
                    return postgres.SqlState switch
                    {
                        PostgresErrorCodes.ReadOnlySqlTransaction => ReadOnly,
                        PostgresErrorCodes.DiskFull => DiskFull,
                        PostgresErrorCodes.IoError => DiskFails,
                        _ => null,
                    };
                case SqliteException sqlite:
                    return sqlite.SqliteErrorCode switch
                    {
                        SqliteReadOnly => ReadOnly,
                        SqliteFull => DiskFull,
                        SqliteInputOutput or SqliteCannotOpen => DiskFails,
                        _ => null,
                    };
            }
        }

        return null;
    }
}
