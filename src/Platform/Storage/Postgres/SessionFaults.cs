using Npgsql;

namespace Tokens.Platform.Storage.Postgres;

/// <summary>Recognizes faults that a new session may not have: pooled sessions keep what held when they were opened.</summary>
internal static class SessionFaults
{
    /// <summary>
    /// Whether the session may be older than a change of the database: it was read-only, lost its prepared statements, or has plans
    /// from before a migration.
    /// </summary>
    internal static bool Covers(Exception fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is PostgresException postgres)
            {
                return postgres.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidSqlStatementName
                    || postgres is { SqlState: PostgresErrorCodes.FeatureNotSupported, Routine: "RevalidateCachedQuery" };
            }
        }

        return false;
    }
}
