namespace Tokens.Testing;

/// <summary>An empty directory that exists for one test and is removed with all that lies in it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("tokens-").FullName;

    /// <summary>Absolute path of <paramref name="name"/> in this directory; nothing is created.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc />
    public void Dispose()
    {
        // A test may have removed it to see what happens.
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
