namespace Tokens.Testing.Tests;

public sealed class TemporaryDirectoryTests
{
    [Fact]
    public void Is_empty_its_own_and_gone_with_its_contents()
    {
        using var other = new TemporaryDirectory();
        var directory = new TemporaryDirectory();
        Directory.EnumerateFileSystemEntries(directory.Path).ShouldBeEmpty();
        directory.Path.ShouldNotBe(other.Path);
        File.WriteAllText(directory.File("note.txt"), "kept for a moment");

        directory.Dispose();

        Directory.Exists(directory.Path).ShouldBeFalse();
        Should.NotThrow(directory.Dispose);
    }
}
