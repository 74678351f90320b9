using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tokens.Platform.Storage.Postgres;
using Tokens.Platform.Storage.Writes;

namespace Tokens.Platform.Storage;

/// <summary>Tells a database that is away or busy, where repeating helps, from a statement that is wrong, where it doesn't.</summary>
public static class TransientFaults
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteNoMemory = 7;
    private const int SqliteReadOnly = 8;
    private const int SqliteInputOutput = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteProtocol = 15;

    /// <summary>
    /// Whether the fault says nothing about the statement: unreachable, overloaded, shut down, read-only, chosen as deadlock victim.
    /// </summary>
    public static bool Covers(Exception fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case PostgresException postgres:
                    return postgres.IsTransient || EndsSession(postgres) || IsAway(postgres.SqlState) || SessionFaults.Covers(postgres);
                case DatabaseAwayException or NpgsqlException or SocketException or TimeoutException or EndOfStreamException:
                    return true;
                case SqliteException sqlite:
                    return sqlite.SqliteErrorCode
                        is SqliteBusy or SqliteLocked or SqliteNoMemory or SqliteReadOnly or SqliteInputOutput or SqliteFull
                        or SqliteCannotOpen or SqliteProtocol;
            }
        }

        return false;
    }

    /// <summary>Whether the database can be reached and takes no changes for now: it is read-only, or its disk is full or fails.</summary>
    public static bool IsRefusedWrite(Exception fault) => WriteFaults.ReasonOf(fault) is not null;

    /// <summary>Whether a unique constraint was violated: somebody else was first.</summary>
    public static bool IsUniqueViolation(Exception fault) => fault switch
    {
        DbUpdateException { InnerException: { } inner } => IsUniqueViolation(inner),
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        // 2067: unique index; 1555: primary key.
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is 2067 or 1555,
        _ => false,
    };

    /// <summary>Whether the fault is a database's at all.</summary>
    public static bool IsDatabaseFault(Exception fault) => fault is DbException or DbUpdateException;

    // FATAL, from a server or from a pooler before it, concerns the session and not the statement: a wrong password, a database
    // that doesn't exist, a pooler whose connections are used up.
    internal static bool EndsSession(PostgresException fault) => fault.InvariantSeverity is "FATAL" or "PANIC";

    // Classes 08 connection, 53 resources, 57 operator intervention, 58 system; 40 and 55 are lock trouble; 25P03 idle in transaction,
    // 25P04 transaction too long.
    private static bool IsAway(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("57", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal)
        || state.StartsWith("40", StringComparison.Ordinal) || state.StartsWith("55", StringComparison.Ordinal)
        || state is "25P03" or "25P04";
}
