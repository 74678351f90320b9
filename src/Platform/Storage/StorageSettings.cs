using Microsoft.Extensions.Configuration;

namespace Tokens.Platform.Storage;

/// <summary>Which provider this process uses and how it is reached; from <c>DATABASE_URL</c> and <c>DATA_DIR</c>.</summary>
/// <param name="Provider">PostgreSQL when <c>DATABASE_URL</c> is set, SQLite otherwise.</param>
/// <param name="DataDirectory">Absolute path of the embedded data; default <c>data</c> under the current directory.</param>
/// <param name="PostgresConnectionString">Npgsql connection string with its password; never to be logged. Null on SQLite.</param>
public sealed record StorageSettings(StorageProvider Provider, string DataDirectory, string? PostgresConnectionString)
{
    /// <summary>Sentences for the log, without values: parameters of <c>DATABASE_URL</c> that have no effect.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads the settings.</summary>
    /// <exception cref="FormatException"><c>DATABASE_URL</c> can't be read; the message says what is wrong, without the value.</exception>
    public static StorageSettings From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var directory = configuration["DATA_DIR"] is { Length: > 0 } path ? path : "data";
        var url = configuration["DATABASE_URL"];
        if (string.IsNullOrWhiteSpace(url))
        {
            return new StorageSettings(StorageProvider.Sqlite, Path.GetFullPath(directory), null);
        }

        var address = DatabaseUrl.Read(url.Trim());
        return new StorageSettings(StorageProvider.Postgres, Path.GetFullPath(directory), address.ConnectionString)
        {
            Warnings = address.Warnings,
        };
    }

    /// <summary>Names the provider without any secret.</summary>
    public override string ToString() => Provider.ToString();
}
