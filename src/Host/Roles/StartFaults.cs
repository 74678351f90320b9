using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;
using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Postgres;

namespace Tokens.Host.Roles;

/// <summary>Tells what an operator can mend (settings, ports, a directory in use, a database that can't be used) from a bug.</summary>
internal static class StartFaults
{
    internal static bool Covers(Exception fault) => IsOfSettings(fault) || (DatabaseFault(fault) is not null && TransientFaults.Covers(fault));

    /// <summary>What the operator is shown: of a database that can't be used, what it or the driver said.</summary>
    internal static string MessageOf(Exception fault) =>
        IsOfSettings(fault) ? fault.Message : $"The database can't be used: {(DatabaseFault(fault) ?? fault).Message}";

    /// <summary>Whether the database answered and refuses the credentials or has no database of the name, which no waiting mends.</summary>
    internal static bool IsRefusal(DatabaseAwayException fault) =>
        fault.InnerException is PostgresException { SqlState: var state } && (state.StartsWith("28", StringComparison.Ordinal) || state == "3D000");

    private static bool IsOfSettings(Exception fault) => fault
        is SettingsException or OptionsValidationException or IOException or FormatException or UnauthorizedAccessException
        or UnsupportedPoolerException or InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" };

    private static Exception? DatabaseFault(Exception fault)
    {
        var inner = fault;
        while (inner is not (null or DbException or DatabaseAwayException))
        {
            inner = inner.InnerException;
        }

        return inner;
    }
}
