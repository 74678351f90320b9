using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Tokens.Platform.Storage;

/// <summary>Reads <c>postgres://user:password@host:port/db?sslmode=…</c>, percent-encoded where needed, or an Npgsql string.</summary>
internal static class DatabaseUrl
{
    [SuppressMessage("Design", "MA0054", Justification = "The inner exception may quote the value, password included.")]
    internal static string ToConnectionString(string text)
    {
        var isUrl = text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);
        try
        {
            return isUrl ? FromUrl(text) : new NpgsqlConnectionStringBuilder(text).ConnectionString;
        }
        catch (Exception fault) when (fault is ArgumentException or UriFormatException or FormatException or KeyNotFoundException)
        {
            throw new FormatException(
                "DATABASE_URL: expected postgres://user:password@host:port/database or an Npgsql connection string.");
        }
    }

    private static string FromUrl(string text)
    {
        var url = new Uri(text, UriKind.Absolute);
        var database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/'));
        if (url.Host.Length == 0 || database.Length == 0)
        {
            throw new FormatException("Host and database are required.");
        }

        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host.Trim('[', ']'),
            Port = url.Port > 0 ? url.Port : 5432,
            Database = database,
        };
        var user = url.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length == 2)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var value = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
            // libpq spells it verify-full, Npgsql VerifyFull.
            builder[parts[0]] = parts[0] == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return builder.ConnectionString;
    }
}
