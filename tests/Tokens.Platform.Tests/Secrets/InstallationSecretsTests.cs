using Place = Tokens.Testing.Products.Storage;

namespace Tokens.Platform.Tests.Secrets;

public abstract class InstallationSecretsTests
{
    [Fact]
    public async Task Twenty_makers_at_once_get_one_secret()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);
        await using var other = PlatformHost.On(place);

        // Two hosts where the storage allows two.
        var makers = place.Settings["DATABASE_URL"] is "" ? new[] { host } : [host, other];
        var secrets = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => makers[i % makers.Length].Secrets.GetOrMakeAsync("one", CancellationToken.None))));

        secrets.Select(Convert.ToHexString).Distinct().ShouldHaveSingleItem().Length.ShouldBe(64);
    }

    [Fact]
    public async Task A_secret_outlives_its_host_and_is_unlike_every_other()
    {
        await using var place = await CreateAsync();
        byte[] made, another;
        await using (var host = await PlatformHost.MigratedAsync(place))
        {
            made = await host.Secrets.GetOrMakeAsync("one", CancellationToken.None);
            another = await host.Secrets.GetOrMakeAsync("two", CancellationToken.None);
        }

        await using var later = PlatformHost.On(place);
        (await later.Secrets.GetOrMakeAsync("one", CancellationToken.None)).ShouldBe(made);
        another.ShouldNotBe(made);
    }

    private protected abstract Task<Place> CreateAsync();
}

public sealed class InstallationSecretsOnSqliteTests : InstallationSecretsTests
{
    private protected override Task<Place> CreateAsync() => Task.FromResult(Place.Sqlite());
}

public sealed class InstallationSecretsOnPostgresTests : InstallationSecretsTests
{
    private protected override Task<Place> CreateAsync() => Place.PostgresAsync();
}
