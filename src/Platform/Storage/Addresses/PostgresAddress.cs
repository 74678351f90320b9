namespace Tokens.Platform.Storage.Addresses;

/// <summary>What <c>DATABASE_URL</c> says.</summary>
/// <param name="ConnectionString">An Npgsql connection string with its password; never to be logged.</param>
/// <param name="Warnings">A sentence for each parameter without effect; without values.</param>
internal sealed record PostgresAddress(string ConnectionString, IReadOnlyList<string> Warnings);
