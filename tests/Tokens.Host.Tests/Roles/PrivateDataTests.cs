using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using Tokens.Host.Tests.Redaction;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Roles;

/// <summary>Who may read the data of a product on SQLite, its sandbox's included.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateDataTests
{
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_start_makes_private_files_and_warns_once_of_a_directory_that_others_may_use(bool wasThere)
    {
        using var place = new TemporaryDirectory();
        var directory = place.File("data");
        if (wasThere)
        {
            Directory.CreateDirectory(directory, Owners | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        await using var storage = Storage.Sqlite();
        using var log = new LogRecorder();
        await using (await RunningProduct.StartAsync(
            storage,
            new Dictionary<string, string?> { ["DATA_DIR"] = directory },
            builder => builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Warning)))
        {
            var files = Directory.GetFiles(directory);
            files.ShouldContain(file => file.EndsWith("stripe-sandbox.db-wal", StringComparison.Ordinal));
            files.ShouldContain(file => file.EndsWith("wallet.db-wal", StringComparison.Ordinal));
            files.ShouldAllBe(file => File.GetUnixFileMode(file) == Owners);
        }

        var warnings = log.Lines.Where(line => line.Contains("chmod", StringComparison.Ordinal)).ToList();
        warnings.Count.ShouldBe(wasThere ? 1 : 0);
        warnings.ShouldAllBe(line => line.Contains(directory, StringComparison.Ordinal));
        ((File.GetUnixFileMode(directory) & UnixFileMode.OtherRead) != UnixFileMode.None).ShouldBe(wasThere, "the directory is its owner's to close");
    }
}
