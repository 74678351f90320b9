using Microsoft.Extensions.DependencyInjection;
using Tokens.Testing.Products;
using Tokens.Wallet.Data;
using Tokens.Wallet.Members;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Members;

/// <summary>Of two words about a member the newer counts, whoever said it.</summary>
public abstract class MemberDirectoryTests(ProductFixture fixture)
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly Guid _id = Guid.NewGuid();

    private MemberDirectory Directory => fixture.Product.Services.GetRequiredService<MemberDirectory>();

    [Fact]
    public async Task A_newer_token_overrules_the_directory()
    {
        var row = await AfterAsync(ByDirectory("Ann", true, second: 1), ByToken("Anna", false, second: 2));

        row.DisplayName.ShouldBe("Anna");
        row.IsCreator.ShouldBeFalse();
    }

    [Fact]
    public async Task An_older_token_says_nothing_against_the_directory()
    {
        var row = await AfterAsync(ByDirectory("Ann", true, second: 2), ByToken("Anna", false, second: 1));

        row.DisplayName.ShouldBe("Ann");
        row.IsCreator.ShouldBeTrue();
    }

    [Fact]
    public async Task A_newer_word_of_the_directory_overrules_a_token()
    {
        var row = await AfterAsync(ByToken("Anna", false, second: 1), ByDirectory("Ann", true, second: 2));

        row.DisplayName.ShouldBe("Ann");
        row.IsCreator.ShouldBeTrue();
    }

    [Fact]
    public async Task Of_one_moment_the_directory_stands()
    {
        (await AfterAsync(ByDirectory("Ann", true, second: 1), ByToken("Anna", false, second: 1))).DisplayName.ShouldBe("Ann");
        (await AfterAsync(ByToken("Anna", false, second: 2), ByDirectory("Ann", true, second: 2))).DisplayName.ShouldBe("Ann");
    }

    [Fact]
    public async Task A_token_that_does_not_say_when_it_was_issued_yields_to_the_directory_only()
    {
        (await AfterAsync(ByToken("Anna", true, second: null))).IsCreator.ShouldBeTrue();
        (await AfterAsync(ByToken("Annie", false, second: null))).DisplayName.ShouldBe("Annie");
        (await AfterAsync(ByDirectory("Ann", true, second: 1), ByToken("Anna", false, second: null))).DisplayName.ShouldBe("Ann");
    }

    [Fact]
    public async Task What_a_word_leaves_out_stays()
    {
        var row = await AfterAsync(ByToken("Anna", true, second: 1), ByToken(name: null, isCreator: null, second: 2));

        row.DisplayName.ShouldBe("Anna");
        row.IsCreator.ShouldBeTrue();
    }

    [Fact]
    public async Task The_directory_may_take_a_name_away()
    {
        (await AfterAsync(ByToken("Anna", true, second: 1), ByDirectory(name: null, isCreator: true, second: 2))).DisplayName.ShouldBeNull();
    }

    [Fact]
    public async Task Words_said_at_once_leave_the_newest()
    {
        await Task.WhenAll(Enumerable.Range(1, 5).Select(second => Directory.RecordAsync(
            [ByToken($"name {second}", second % 2 == 0, second)], CancellationToken.None)));

        (await fixture.Db().MemberAsync(_id))!.DisplayName.ShouldBe("name 5");
    }

    [Fact]
    public async Task Forty_statements_at_once_leave_the_newest()
    {
        await Task.WhenAll(Enumerable.Range(1, 40).Select(second => Directory.RecordAsync(
            [second % 2 == 0 ? ByDirectory($"name {second}", false, second) : ByToken($"name {second}", false, second)], CancellationToken.None)));

        (await fixture.Db().MemberAsync(_id))!.DisplayName.ShouldBe("name 40");
    }

    [Fact]
    public async Task Lists_of_the_same_members_in_any_order_are_all_recorded()
    {
        var ids = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid()).ToList();

        await Task.WhenAll(Enumerable.Range(1, 10).Select(second =>
        {
            var words = ids.Select(id => ByDirectory($"name {second}", true, second) with { MemberId = id });
            return Directory.RecordAsync([.. second % 2 == 0 ? words : words.Reverse()], CancellationToken.None);
        }));

        foreach (var id in ids)
        {
            (await fixture.Db().MemberAsync(id))!.DisplayName.ShouldBe("name 10");
        }
    }

    private async Task<MemberRow> AfterAsync(params MemberWord[] words)
    {
        foreach (var word in words)
        {
            await Directory.RecordAsync([word], CancellationToken.None);
        }

        return (await fixture.Db().MemberAsync(_id))!;
    }

    private MemberWord ByToken(string? name, bool? isCreator, int? second) =>
        new(_id, name, isCreator, second is { } s ? Noon.AddSeconds(s) : null, ByDirectory: false);

    private MemberWord ByDirectory(string? name, bool isCreator, int second) =>
        new(_id, name, isCreator, Noon.AddSeconds(second), ByDirectory: true);
}

[Collection(OnSqlite.Name)]
public sealed class MemberDirectoryOnSqliteTests(SqliteProduct product) : MemberDirectoryTests(product);

[Collection(OnPostgres.Name)]
public sealed class MemberDirectoryOnPostgresTests(PostgresProduct product) : MemberDirectoryTests(product);
