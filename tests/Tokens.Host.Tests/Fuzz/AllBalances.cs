using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Fuzz;

/// <summary>What every account holds, and how many transfers there are, read behind the product's back.</summary>
internal static class AllBalances
{
    internal static async Task<IReadOnlyList<string>> OfAsync(Storage storage)
    {
        var onPostgres = storage.Settings["DATABASE_URL"] is { Length: > 0 };
        await using DbConnection connection = onPostgres
            ? new NpgsqlConnection(storage.Settings["DATABASE_URL"] + ";Pooling=false")
            : new SqliteConnection($"Data Source={Path.Combine(storage.DataDirectory, "wallet.db")};Pooling=False");
        await connection.OpenAsync();
        var schema = onPostgres ? "wallet." : "";
        var id = onPostgres ? "CAST(id AS text)" : "lower(hex(id))";
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {id}, balance_tokens FROM {schema}accounts WHERE balance_tokens <> 0 UNION ALL SELECT 'transfers', count(*) FROM {schema}transfers ORDER BY 1";
        var lines = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{rows.GetString(0)} {rows.GetInt64(1)}"));
        }

        return lines;
    }
}
