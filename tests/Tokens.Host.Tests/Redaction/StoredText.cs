using System.Text;
using Npgsql;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Redaction;

/// <summary>All that a product has stored, as text to search; the sandbox's own file is Stripe's business.</summary>
internal static class StoredText
{
    internal static async Task<string> OfAsync(Storage storage)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(storage.DataDirectory, "*.db*", SearchOption.AllDirectories)
            .Where(file => !Path.GetFileName(file).StartsWith("stripe-sandbox", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync());
        }

        if (storage.Settings["DATABASE_URL"] is { Length: > 0 } database)
        {
            await AppendTablesAsync(text, database);
        }

        return text.ToString();
    }

    private static async Task AppendTablesAsync(StringBuilder text, string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        var tables = new List<string>();
        await using (var list = source.CreateCommand(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"))
        await using (var names = await list.ExecuteReaderAsync())
        {
            while (await names.ReadAsync())
            {
                tables.Add(names.GetString(0));
            }
        }

        foreach (var table in tables)
        {
            await using var rows = source.CreateCommand($"SELECT coalesce(string_agg(t::text, E'\n'), '') FROM {table} AS t");
            text.Append(await rows.ExecuteScalarAsync());
        }
    }
}
