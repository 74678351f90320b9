using Tokens.Testing;

namespace Tokens.Architecture.Tests.Product;

/// <summary>A C# file.</summary>
/// <param name="Path">From the repository's root, with forward slashes.</param>
/// <param name="Text">Its contents.</param>
internal sealed record SourceFile(string Path, string Text)
{
    internal static IReadOnlyList<SourceFile> Under(string folder) =>
        [.. Repository.Files(folder, "*.cs").Select(path => new SourceFile(path, File.ReadAllText(Repository.Path(path))))];
}
