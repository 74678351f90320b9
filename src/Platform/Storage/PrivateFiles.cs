namespace Tokens.Platform.Storage;

/// <summary>
/// Makes files and directories that only the user of this process may read: the embedded databases hold secrets in Development and members'
/// data always. On Windows the permissions of the directory above decide, and nothing is changed.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersDirectory = OwnersFile | UnixFileMode.UserExecute;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // What the product keeps in a data directory: databases with their logs and indexes, and locks.
    private static readonly string[] Kept = ["*.db*", "*.lock"];

    /// <summary>Makes the directory if it isn't there; the permissions of one that is there stay as they are.</summary>
    /// <param name="path">Absolute path. Directories above it are made as usual.</param>
    /// <exception cref="IOException">It can't be made.</exception>
    public static void EnsureDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnersDirectory);
        }
    }

    /// <summary>Opens a file for this process alone, making it if it isn't there, and takes other users' permissions away if it is.</summary>
    /// <param name="path">Absolute path in a directory that is there.</param>
    /// <exception cref="IOException">It can't be opened, or another process holds it.</exception>
    public static FileStream OpenAlone(string path)
    {
        var file = Open(path, FileShare.None);
        Restrict(path);
        return file;
    }

    /// <summary>
    /// Prepares a SQLite database: makes its directory and its file if they aren't there, because SQLite would make the file readable for
    /// all; and takes other users' permissions away from a file that is there and from its write-ahead log and index. SQLite gives a log
    /// and an index that it makes the permissions of the file.
    /// </summary>
    /// <param name="path">Absolute path of the database.</param>
    /// <exception cref="IOException">It can't be made.</exception>
    public static void EnsureDatabase(string path)
    {
        EnsureDirectory(Path.GetDirectoryName(path)!);
        // Not opened if it is there: closing it would end the locks that SQLite holds on it in this process.
        if (!File.Exists(path))
        {
            Open(path, FileShare.ReadWrite).Dispose();
        }

        Restrict(path);
        Restrict(path + "-wal");
        Restrict(path + "-shm");
    }

    /// <summary>
    /// The data directory, or a file of the product's in it, that other users of this machine may use: a directory that was there before, or
    /// a file of another owner. Null where there is none.
    /// </summary>
    /// <param name="directory">Absolute path.</param>
    public static string? OpenToOthers(string directory)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(directory))
        {
            return null;
        }

        try
        {
            return Kept.SelectMany(pattern => Directory.EnumerateFiles(directory, pattern)).Prepend(directory).FirstOrDefault(IsOpenToOthers);
        }
        // A file may go away between the listing and the look, and a directory of another user can't be listed: neither stops a start.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static FileStream Open(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }

        return new FileStream(path, options);
    }

    private static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;

    private static void Restrict(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path) || !IsOpenToOthers(path))
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(path, OwnersFile);
        }
        // Only its owner may. OpenToOthers names the file to whoever warns of it.
        catch (UnauthorizedAccessException)
        {
        }
    }
}
