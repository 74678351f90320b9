using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Tokens.Platform.Secrets;
using Place = Tokens.Testing.Products.Storage;

namespace Tokens.Platform.Tests.Secrets;

public abstract class StoredKeysTests
{
    private const string One = "<key n=\"1\"/>";
    private const string Two = "<key n=\"2\"/>";
    private const string Secret = "a data protection key of enough characters";

    [Fact]
    public async Task Hosts_that_start_at_once_read_what_the_others_protected()
    {
        await using var place = await CreateAsync();
        await using var first = await PlatformHost.MigratedAsync(place, Secret);
        await using var second = PlatformHost.On(place, Secret);
        await using var third = PlatformHost.On(place, Secret);
        // Three hosts where the storage allows more than one.
        PlatformHost[] hosts = place.Settings["DATABASE_URL"] is "" ? [first] : [first, second, third];

        await Task.WhenAll(hosts.Select(host => Task.Run(() => host.Services.PrepareStoredKeysAsync(CancellationToken.None))));
        var protectedTexts = hosts.Select(host => host.Protector.Protect("text")).ToList();

        foreach (var host in hosts)
        {
            protectedTexts.ShouldAllBe(text => host.Protector.Unprotect(text) == "text");
        }

        (await first.Db.ReadAsync((db, token) => db.DataProtectionKeys.CountAsync(token), CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_given_secret_the_installations_own_is_used_by_all()
    {
        await using var place = await CreateAsync();
        string text;
        await using (var host = await PlatformHost.MigratedAsync(place, keySecret: ""))
        {
            await host.Services.PrepareStoredKeysAsync(CancellationToken.None);
            text = host.Protector.Protect("text");
        }

        await using var later = PlatformHost.On(place, keySecret: "");
        await later.Services.PrepareStoredKeysAsync(CancellationToken.None);
        later.Protector.Unprotect(text).ShouldBe("text");
    }

    [Fact]
    public async Task Keys_of_the_previous_release_are_taken_over()
    {
        await using var place = await CreateEmptyAsync();
        await using var host = PlatformHost.On(place, Secret);
        await host.Db.WriteAsync(
            async (db, token) =>
            {
                await db.GetService<IMigrator>().MigrateAsync("Switches", token);
                return db.IsSqlite
                    ? await db.Database.ExecuteSqlAsync(
                        $"INSERT INTO data_protection_keys (number, name, xml, created_at) VALUES (1, 'first', {One}, 0), (2, 'second', {Two}, 0)", token)
                    : await db.Database.ExecuteSqlAsync(
                        $"INSERT INTO platform.data_protection_keys (number, name, xml, created_at) VALUES (1, 'first', {One}, now()), (2, 'second', {Two}, now())",
                        token);
            },
            CancellationToken.None);

        await host.Migrator.MigrateAsync(CancellationToken.None);

        var keys = await host.Db.ReadAsync((db, token) => db.DataProtectionKeys.OrderBy(key => key.Id).ToListAsync(token), CancellationToken.None);
        keys.Select(key => (key.FriendlyName, key.Xml)).ShouldBe([("first", One), ("second", Two)]);
    }

    private protected abstract Task<Place> CreateAsync();

    private protected abstract Task<Place> CreateEmptyAsync();
}

public sealed class StoredKeysOnSqliteTests : StoredKeysTests
{
    private protected override Task<Place> CreateAsync() => Task.FromResult(Place.Sqlite());

    private protected override Task<Place> CreateEmptyAsync() => Task.FromResult(Place.EmptySqlite());
}

public sealed class StoredKeysOnPostgresTests : StoredKeysTests
{
    private protected override Task<Place> CreateAsync() => Place.PostgresAsync();

    private protected override Task<Place> CreateEmptyAsync() => Place.EmptyPostgresAsync();
}
