using System.Runtime.Versioning;
using Tokens.StripeSandbox.Tests.Running;
using Tokens.Testing;

namespace Tokens.StripeSandbox.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class PrivateDataTests
{
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task The_sandboxs_data_are_its_users_alone()
    {
        using var place = new TemporaryDirectory();
        var directory = place.File("new");
        await StartAndStopAsync(place, directory);

        File.GetUnixFileMode(directory).ShouldBe(Owners | UnixFileMode.UserExecute);
        Directory.GetFiles(directory).ShouldAllBe(file => File.GetUnixFileMode(file) == Owners);
    }

    [Fact]
    public async Task Data_that_were_open_to_others_are_closed()
    {
        using var place = new TemporaryDirectory();
        var directory = place.File("old");
        await StartAndStopAsync(place, directory);
        foreach (var file in Directory.GetFiles(directory))
        {
            File.SetUnixFileMode(file, Owners | UnixFileMode.OtherRead);
        }

        await StartAndStopAsync(place, directory);

        Directory.GetFiles(directory).ShouldAllBe(file => File.GetUnixFileMode(file) == Owners);
    }

    private static async Task StartAndStopAsync(TemporaryDirectory place, string directory)
    {
        await using var sandbox = await RunningSandbox.StartAsync(place, settings: given => given with { DataDirectory = directory });
        await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=700&currency=usd");

        var files = Directory.GetFiles(directory);
        files.Select(Path.GetExtension).ShouldBe([".db", ".db-wal", ".db-shm", ".lock"], ignoreOrder: true);
        files.ShouldAllBe(file => File.GetUnixFileMode(file) == Owners);
    }
}
