using Tokens.Platform.Storage;
using Tokens.Testing;

namespace Tokens.Platform.Tests.Storage;

public sealed class DataDirectoryLockTests
{
    [Fact]
    public void A_directory_is_made_and_held_by_one_at_a_time()
    {
        using var place = new TemporaryDirectory();
        var directory = place.File("new/and/deep");

        using (DataDirectoryLock.Take(directory))
        {
            var fault = Should.Throw<IOException>(() => DataDirectoryLock.Take(directory));
            fault.Message.ShouldStartWith($"Another process uses the data directory {directory}.");
            fault.Message.ShouldContain("DATA_DIR");
            fault.Message.ShouldContain("DATABASE_URL");
        }

        using var again = DataDirectoryLock.Take(directory);
    }
}
