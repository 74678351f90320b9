using System.Runtime.Versioning;
using Tokens.Platform.Storage;
using Tokens.Platform.Tests.Secrets;
using Tokens.Testing;

namespace Tokens.Platform.Tests.Storage;

/// <summary>Who may read what the product keeps on the disk.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateFilesTests
{
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybodys = Owners | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    [Fact]
    public async Task A_new_directory_and_all_that_lies_in_it_are_the_users_alone()
    {
        using var place = new TemporaryDirectory();
        var directory = place.File("new");
        using (DataDirectoryLock.Take(directory))
        {
            await using var host = await MigratedAsync(directory);

            Mode(directory).ShouldBe(Owners | UnixFileMode.UserExecute);
            var files = Directory.GetFiles(directory);
            files.Select(Path.GetExtension).ShouldBe([".db", ".db-wal", ".db-shm", ".lock"], ignoreOrder: true);
            files.ShouldAllBe(file => Mode(file) == Owners);
            PrivateFiles.OpenToOthers(directory).ShouldBeNull();
        }
    }

    [Fact]
    public async Task What_an_earlier_release_left_open_is_closed_and_the_directory_is_named()
    {
        using var place = new TemporaryDirectory();
        var directory = place.File("old");
        using (DataDirectoryLock.Take(directory))
        {
            await (await MigratedAsync(directory)).DisposeAsync();
        }

        File.WriteAllText(Path.Combine(directory, "platform.db-shm"), "");
        foreach (var file in Directory.GetFiles(directory))
        {
            File.SetUnixFileMode(file, Everybodys);
        }

        File.SetUnixFileMode(directory, Everybodys | UnixFileMode.UserExecute);
        using (DataDirectoryLock.Take(directory))
        {
            await using var host = await MigratedAsync(directory);

            Directory.GetFiles(directory).ShouldAllBe(file => Mode(file) == Owners);
            PrivateFiles.OpenToOthers(directory).ShouldBe(directory, "it is its owner's to close");
        }
    }

    [Fact]
    public void A_file_that_stays_open_to_others_is_named()
    {
        using var place = new TemporaryDirectory();
        File.WriteAllText(place.File("notes.txt"), "not the product's");
        PrivateFiles.OpenToOthers(place.Path).ShouldBeNull();

        File.WriteAllText(place.File("wallet.db-wal"), "");
        File.SetUnixFileMode(place.File("wallet.db-wal"), Everybodys);

        PrivateFiles.OpenToOthers(place.Path).ShouldBe(place.File("wallet.db-wal"));
        PrivateFiles.OpenToOthers(place.File("nowhere")).ShouldBeNull();
    }

    private static async Task<PlatformHost> MigratedAsync(string directory)
    {
        var host = PlatformHost.On(new Dictionary<string, string?> { ["DATA_DIR"] = directory, ["DATABASE_URL"] = "" });
        await host.Migrator.MigrateAsync(CancellationToken.None);
        return host;
    }

    private static UnixFileMode Mode(string path) => File.GetUnixFileMode(path);
}
