using System.Text.Json;
using Tokens.Testing.Products;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Members;

public abstract class PutMembersTests(ProductFixture fixture)
{
    private const string Path = "/api/tokens/admin/members";

    [Fact]
    public async Task The_directory_names_somebody_who_has_never_signed_in_and_can_then_be_tipped()
    {
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        using var fan = await fixture.SignInWithAsync(100);
        var id = Guid.NewGuid();
        (await fan.TipAsync(id, 1)).Code.ShouldBe("creator_not_found");

        var answer = await admin.PutAsync($"{Path}/{id}", new { displayName = "Ann 🎉", isCreator = true });

        answer.Status.ShouldBe(200, answer.Text);
        var member = answer.Json.GetProperty("member");
        member.GetProperty("id").GetGuid().ShouldBe(id);
        member.GetProperty("displayName").GetString().ShouldBe("Ann 🎉");
        member.GetProperty("isCreator").GetBoolean().ShouldBeTrue();
        (await fan.TipAsync(id, 1)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_directory_can_end_being_a_creator_whatever_an_older_token_says()
    {
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        using var fan = await fixture.SignInWithAsync(100);
        using var creator = await fixture.SignInAsync(isCreator: true);
        (await fan.TipAsync(creator.Id, 1)).Status.ShouldBe(200);

        (await admin.PutAsync($"{Path}/{creator.Id}", new { displayName = "Ann", isCreator = false })).Status.ShouldBe(200);

        await creator.BalanceAsync();
        (await fan.TipAsync(creator.Id, 1)).Code.ShouldBe("creator_not_found");
    }

    [Fact]
    public async Task A_thousand_members_come_in_one_call_larger_than_other_bodies_may_be()
    {
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        var members = Members(1_000, new string('n', 100));
        JsonSerializer.SerializeToUtf8Bytes(members).Length.ShouldBeInRange(64 * 1024, 511 * 1024);

        var answer = await admin.PutAsync(Path, new { members });

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("count").GetInt32().ShouldBe(1_000);
        foreach (var member in new[] { members[0], members[499], members[999] })
        {
            var row = (await fixture.Db().MemberAsync(member.Id))!;
            row.IsCreator.ShouldBe(member.IsCreator);
            row.SaidByDirectory.ShouldBeTrue();
        }

        // Again, all of them known by now.
        (await admin.PutAsync(Path, new { members })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task More_than_a_thousand_or_none_or_more_than_512_KB_are_refused_and_nothing_is_written()
    {
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        var before = await fixture.StateAsync();

        (await admin.PutAsync(Path, new { members = Members(1_001, "n") })).ShouldBeFault("members", "Invalid members", "1,001");
        (await admin.PutAsync(Path, new { members = Array.Empty<int>() })).ShouldBeFault("members", "Invalid members", "none");
        (await admin.PutAsync(Path, new { members = new[] { 5 } })).ShouldBeFault("members", "Invalid members", "[5]");
        (await admin.PutAsync(Path, new { })).ShouldBeFault("members", "Invalid members", "missing");
        (await admin.PutAsync(Path, new { members = Members(1, "n"), padding = new string('x', 513 * 1024) })).Status.ShouldBe(413);
        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task One_wrong_member_refuses_all_and_is_named()
    {
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        var before = await fixture.StateAsync();
        var good = new { id = $"{Guid.NewGuid()}", displayName = "Ann", isCreator = (object)true };

        (await admin.PutAsync(Path, new { members = new[] { good, good with { id = "x" } } }))
            .ShouldBeFault("members[1].id", "Invalid member id", "x");
        (await admin.PutAsync(Path, new { members = new[] { good, good with { isCreator = "yes" } } }))
            .ShouldBeFault("members[1].isCreator", "Invalid creator flag", "yes");
        (await admin.PutAsync(Path, new { members = new[] { good, good with { displayName = new string('n', 101) } } }))
            .ShouldBeFault("members[1].displayName", "Invalid display name", "101");
        (await admin.PutAsync(Path, new { members = new[] { good, good with { displayName = "a\nb" } } }))
            .ShouldBeFault("members[1].displayName", "Invalid display name", "control");
        (await admin.PutAsync(Path, new { members = new[] { good, good with { id = $"{Guid.Empty}" } } }))
            .ShouldBeFault("members", "Invalid member id", "reserved");
        (await admin.PutAsync($"{Path}/x", new { isCreator = true })).ShouldBeFault("id", "Invalid member id", "x");
        (await admin.PutAsync($"{Path}/{Guid.Empty}", new { isCreator = true })).ShouldBeFault("id", "Invalid member id", "reserved");
        (await admin.PutAsync($"{Path}/{Guid.NewGuid()}", new { displayName = "Ann" }))
            .ShouldBeFault("isCreator", "Invalid creator flag", "missing");
        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_member_named_twice_in_one_call_is_what_the_last_says()
    {
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        var id = Guid.NewGuid();

        var answer = await admin.PutAsync(Path, new
        {
            members = new[] { new { id, displayName = "first", isCreator = true }, new { id, displayName = "last", isCreator = false } },
        });

        answer.Status.ShouldBe(200, answer.Text);
        var member = (await fixture.Db().MemberAsync(id))!;
        member.DisplayName.ShouldBe("last");
        member.IsCreator.ShouldBeFalse();
    }

    [Fact]
    public async Task Only_administrators_name_members()
    {
        using var member = await fixture.SignInAsync();

        (await member.PutAsync($"{Path}/{member.Id}", new { displayName = "me", isCreator = true })).Code.ShouldBe("forbidden");
        (await member.PutAsync(Path, new { members = Members(1, "n") })).Code.ShouldBe("forbidden");
        (await fixture.Db().MemberAsync(member.Id))!.IsCreator.ShouldBeFalse();
    }

    private static List<Listed> Members(int count, string name) =>
        [.. Enumerable.Range(0, count).Select(i => new Listed(Guid.NewGuid(), name, i % 2 == 0))];

    private sealed record Listed(Guid Id, string DisplayName, bool IsCreator);
}

[Collection(OnSqlite.Name)]
public sealed class PutMembersOnSqliteTests(SqliteProduct product) : PutMembersTests(product);

[Collection(OnPostgres.Name)]
public sealed class PutMembersOnPostgresTests(PostgresProduct product) : PutMembersTests(product);
