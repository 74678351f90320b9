using Microsoft.Data.Sqlite;
using Tokens.Platform.Storage.Sqlite;

namespace Tokens.Platform.Storage.Writes;

/// <summary>Writes into each file of the data directory, and a file of its own beside them.</summary>
internal sealed class SqliteWriteProbe(string directory, IEnumerable<SqliteFile> files) : IWriteProbe
{
    // More than what a log that is used again has room for without growing.
    private const int ProbeBytes = 256 * 1024;

    public Task<string?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public async Task<string?> WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteBesideAsync(cancellationToken);
            foreach (var file in files)
            {
                using var turn = await file.EnterWriteAsync(cancellationToken);
                await using var connection = file.Open();
                await using var command = connection.CreateCommand();
                // Nothing reads it, and setting it writes a page even where it stays the same.
                command.CommandText = "PRAGMA user_version = 1";
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            return null;
        }
        catch (SqliteException fault) when (WriteFaults.ReasonOf(fault) is not null)
        {
            return WriteFaults.ReasonOf(fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return WriteFaults.DiskFails;
        }
    }

    public void RenewSessions()
    {
    }

    private async Task WriteBesideAsync(CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            Path.Combine(directory, "tokens.probe"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        await file.WriteAsync(new byte[ProbeBytes], cancellationToken);
        file.Flush(flushToDisk: true);
    }
}
