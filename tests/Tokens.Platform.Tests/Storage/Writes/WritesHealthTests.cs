using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Tokens.Platform.Secrets;
using Tokens.Platform.Storage.Writes;
using Tokens.Platform.Tests.Secrets;
using Tokens.Testing;
using Place = Tokens.Testing.Products.Storage;

namespace Tokens.Platform.Tests.Storage.Writes;

public sealed class WritesHealthTests
{
    [Fact]
    public async Task A_probe_on_SQLite_writes_and_leaves_nothing()
    {
        await using var place = Place.Sqlite();
        await using var host = await PlatformHost.MigratedAsync(place);
        var probe = host.Services.GetRequiredService<IWriteProbe>();

        (await probe.WriteAsync(CancellationToken.None)).ShouldBeNull();

        Directory.EnumerateFiles(place.DataDirectory).ShouldNotContain(path => path.EndsWith(".probe", StringComparison.Ordinal));
        (await StatusAsync(host)).ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_probe_on_SQLite_says_when_the_directory_can_not_be_written_to()
    {
        await using var place = Place.Sqlite();
        await using var host = await PlatformHost.MigratedAsync(place);
        // Where the probe's file would be made.
        Directory.CreateDirectory(Path.Combine(place.DataDirectory, "tokens.probe"));

        (await host.Services.GetRequiredService<IWriteProbe>().WriteAsync(CancellationToken.None)).ShouldBe(WriteFaults.DiskFails);
    }

    [Fact]
    public async Task A_probe_on_PostgreSQL_writes_and_leaves_nothing()
    {
        await using var place = await Place.PostgresAsync();
        await using var host = await PlatformHost.MigratedAsync(place);

        (await host.Services.GetRequiredService<IWriteProbe>().WriteAsync(CancellationToken.None)).ShouldBeNull();

        (await host.Db.ReadAsync((db, token) => db.RevokedSessions.CountAsync(token), CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task A_PostgreSQL_that_turns_read_only_is_noticed_and_works_again_without_a_restart()
    {
        await using var database = await PostgresServer.FromEnvironment().CreateDatabaseAsync();
        await using var host = PlatformHost.On(new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = database.ConnectionString,
            ["Resilience:Database:WriteProbePause"] = "00:00:00.100",
            ["Resilience:Database:RetryDelayMilliseconds"] = "1",
        });
        await host.Migrator.MigrateAsync(CancellationToken.None);
        (await StatusAsync(host)).ShouldBe(HealthStatus.Healthy);

        await database.SetReadOnlyAsync(true);

        await Eventually.BecomesTrueAsync(
            async () => await StatusAsync(host) == HealthStatus.Unhealthy, TimeSpan.FromSeconds(30), "the host turns unready");
        var fault = await Should.ThrowAsync<DbUpdateException>(() => AddAsync(host, "one"));
        fault.InnerException.ShouldBeOfType<PostgresException>().SqlState.ShouldBe(PostgresErrorCodes.ReadOnlySqlTransaction);
        (await host.Health.CheckHealthAsync()).Entries[WritesHealth.Name].Description.ShouldBe("The database is read-only.");
        (await host.Db.ReadAsync((db, token) => db.Secrets.CountAsync(token), CancellationToken.None)).ShouldBe(0);

        // The sessions that were opened meanwhile live on and stay read-only.
        await database.SetReadOnlyAsync(false);
        await Eventually.BecomesTrueAsync(
            async () => await StatusAsync(host) == HealthStatus.Healthy, TimeSpan.FromSeconds(30), "the host turns ready");

        await AddAsync(host, "two");
        (await host.Db.ReadAsync((db, token) => db.Secrets.CountAsync(token), CancellationToken.None)).ShouldBe(1);
    }

    private static async Task<HealthStatus> StatusAsync(PlatformHost host) => (await host.Health.CheckHealthAsync()).Status;

    private static Task<int> AddAsync(PlatformHost host, string name) => host.Db.WriteAsync(
        (db, token) =>
        {
            db.Secrets.Add(new StoredSecret { Name = name, Value = [1], CreatedAt = DateTime.UnixEpoch });
            return db.SaveChangesAsync(token);
        },
        CancellationToken.None);
}
