using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Tokens.Platform.Secrets;
using Place = Tokens.Testing.Products.Storage;

namespace Tokens.Platform.Tests.Secrets;

public abstract class KeyStoreTests
{
    private const string Secret = "a data protection key of enough characters";

    [Fact]
    public async Task Of_two_hosts_that_find_no_key_and_make_one_each_the_first_wins()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);
        var (one, other) = (StoreOf(host), StoreOf(host));
        one.GetAllElements().ShouldBeEmpty();
        other.GetAllElements().ShouldBeEmpty();

        one.StoreElement(new XElement("key", "one"), "key-one");
        other.StoreElement(new XElement("key", "other"), "key-other");

        other.GetAllElements().ShouldHaveSingleItem().Value.ShouldBe("one");
        one.GetAllElements().ShouldHaveSingleItem().Value.ShouldBe("one");
    }

    [Fact]
    public async Task A_later_key_stands_beside_the_earlier_ones()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);
        var store = StoreOf(host);
        foreach (var name in new[] { "one", "two", "three" })
        {
            store.GetAllElements();
            store.StoreElement(new XElement("key", name), name);
        }

        store.GetAllElements().Select(key => key.Value).ShouldBe(["one", "two", "three"]);
    }

    [Fact]
    public async Task A_revocation_is_stored_whoever_was_first()
    {
        await using var place = await CreateAsync();
        await using var host = await PlatformHost.MigratedAsync(place);
        var (one, other) = (StoreOf(host), StoreOf(host));
        one.GetAllElements();
        other.GetAllElements();

        one.StoreElement(new XElement("key"), "key");
        other.StoreElement(new XElement("revocation"), "revocation");

        one.GetAllElements().Select(element => element.Name.LocalName).ShouldBe(["key", "revocation"]);
    }

    [Fact]
    public async Task Hosts_that_start_at_once_read_what_the_others_protected()
    {
        await using var place = await CreateAsync();
        await using var first = await PlatformHost.MigratedAsync(place, Secret);
        await using var second = PlatformHost.On(place, Secret);
        await using var third = PlatformHost.On(place, Secret);
        PlatformHost[] hosts = [first, second, third];

        var protectedTexts = await Task.WhenAll(hosts.Select(host => Task.Run(() => host.Protector.Protect("text"))));

        foreach (var host in hosts)
        {
            protectedTexts.ShouldAllBe(text => host.Protector.Unprotect(text) == "text");
        }

        StoreOf(first).GetAllElements().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_given_secret_the_installations_own_is_used_by_all()
    {
        await using var place = await CreateAsync();
        string text;
        await using (var host = await PlatformHost.MigratedAsync(place, keySecret: ""))
        {
            await host.KeySecrets.LoadAsync(CancellationToken.None);
            text = host.Protector.Protect("text");
        }

        await using var later = PlatformHost.On(place, keySecret: "");
        await later.KeySecrets.LoadAsync(CancellationToken.None);
        later.Protector.Unprotect(text).ShouldBe("text");
    }

    private protected abstract Task<Place> CreateAsync();

    private static KeyStore StoreOf(PlatformHost host) => new(host.Db, TimeProvider.System);
}

public sealed class KeyStoreOnSqliteTests : KeyStoreTests
{
    private protected override Task<Place> CreateAsync() => Task.FromResult(Place.Sqlite());
}

public sealed class KeyStoreOnPostgresTests : KeyStoreTests
{
    private protected override Task<Place> CreateAsync() => Place.PostgresAsync();
}
