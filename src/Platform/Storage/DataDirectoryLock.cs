namespace Tokens.Platform.Storage;

/// <summary>
/// Holds a data directory for one process, by a lock of the operating system, which a killed process gives back.
/// </summary>
public sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the directory, making it, for this user only, if it isn't there.</summary>
    /// <exception cref="IOException">Another process holds it; the message says so.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        PrivateFiles.EnsureDirectory(directory);
        var path = Path.Combine(directory, "tokens.lock");
        try
        {
            return new DataDirectoryLock(PrivateFiles.OpenAlone(path));
        }
        catch (IOException held)
        {
            throw new IOException(
                $"Another process uses the data directory {directory}. SQLite serves one process: stop the other one, "
                + "set DATA_DIR to another directory, or set DATABASE_URL to use PostgreSQL.",
                held);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
