namespace Tokens.Testing;

/// <summary>The tree that this test assembly was built from.</summary>
public static class Repository
{
    /// <summary>Absolute path of its root.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Absolute path of a file or folder of it.</summary>
    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    /// <summary>Files under <paramref name="folder"/> as the repository's authors wrote them, by path with forward slashes.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path(folder), pattern, SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts"))
            .Order(StringComparer.Ordinal);

    private static string Find(string start)
    {
        for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "Tokens.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"No directory above {start} holds Tokens.sln.");
    }
}
