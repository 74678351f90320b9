using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tokens.Platform.Tests.Secrets;
using Place = Tokens.Testing.Products.Storage;

namespace Tokens.Platform.Tests.Storage;

public abstract class SchemaTests
{
    [Fact]
    public async Task A_schema_lags_until_it_is_migrated_and_once_is_enough()
    {
        await using var place = await CreateAsync();
        await using var host = PlatformHost.On(place);

        (await host.Schema.PendingAsync(CancellationToken.None)).ShouldNotBeEmpty();
        var lagging = await host.Health.CheckHealthAsync();
        lagging.Status.ShouldBe(HealthStatus.Unhealthy);
        lagging.Entries["platform.database"].Description.ShouldNotBeNull().ShouldContain("--migrate");

        await host.Migrator.MigrateAsync(CancellationToken.None);
        await host.Migrator.MigrateAsync(CancellationToken.None);

        (await host.Schema.PendingAsync(CancellationToken.None)).ShouldBeEmpty();
        (await host.Health.CheckHealthAsync()).Status.ShouldBe(HealthStatus.Healthy);
    }

    private protected abstract Task<Place> CreateAsync();
}

public sealed class SchemaOnSqliteTests : SchemaTests
{
    private protected override Task<Place> CreateAsync() => Task.FromResult(Place.EmptySqlite());
}

public sealed class SchemaOnPostgresTests : SchemaTests
{
    [Fact]
    public async Task Hosts_may_migrate_one_database_at_once()
    {
        await using var place = await CreateAsync();
        var hosts = Enumerable.Range(0, 5).Select(_ => PlatformHost.On(place)).ToList();

        await Task.WhenAll(hosts.Select(host => Task.Run(() => host.Migrator.MigrateAsync(CancellationToken.None))));

        (await hosts[0].Schema.PendingAsync(CancellationToken.None)).ShouldBeEmpty();
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_unhealthy_and_says_no_more()
    {
        await using var host = PlatformHost.On(new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = $"postgres://me:s3cret@127.0.0.1:{Testing.Products.LoopbackPort.Free()}/tokens",
        });

        var entry = (await host.Health.CheckHealthAsync()).Entries["platform.database"];

        entry.Status.ShouldBe(HealthStatus.Unhealthy);
        entry.Description.ShouldBe("The database doesn't answer.");
    }

    private protected override Task<Place> CreateAsync() => Place.EmptyPostgresAsync();
}
