namespace Tokens.StripeSandbox.Storage;

/// <summary>Makes the sandbox's directory and files readable for the user of this process only; on Windows the directory above decides.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the directory if it isn't there; one that is there keeps its permissions.</summary>
    internal static void EnsureDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnersFile | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Opens or makes a file, and takes other users' permissions away.</summary>
    internal static FileStream Open(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }

        var file = new FileStream(path, options);
        Restrict(path);
        return file;
    }

    /// <summary>Makes the database's file before SQLite does, which would make it readable for all; its log and index follow the file.</summary>
    internal static void EnsureDatabase(string path)
    {
        if (!File.Exists(path))
        {
            Open(path, FileShare.ReadWrite).Dispose();
        }

        Restrict(path);
        Restrict(path + "-wal");
        Restrict(path + "-shm");
    }

    private static void Restrict(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path) || (File.GetUnixFileMode(path) & ~OwnersFile) == UnixFileMode.None)
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(path, OwnersFile);
        }
        // Only its owner may; the host warns of a data directory that others may read.
        catch (UnauthorizedAccessException)
        {
        }
    }
}
