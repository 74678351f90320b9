namespace Tokens.StripeSandbox.Storage;

/// <summary>Holds the data directory for this process; the system lets go of it when the process ends, however it ends.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream file;

    private DataDirectoryLock(FileStream file) => this.file = file;

    internal static DataDirectoryLock Take(string directory)
    {
        var path = Path.Combine(directory, "stripe-sandbox.lock");
        try
        {
            return new DataDirectoryLock(PrivateFiles.Open(path, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"The Stripe sandbox can't have '{directory}' for itself: another process holds '{path}'. " +
                "Stop that process or name another data directory.",
                exception);
        }
    }

    public void Dispose() => file.Dispose();
}
