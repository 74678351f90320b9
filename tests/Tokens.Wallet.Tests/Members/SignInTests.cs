using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Members;

public abstract class SignInTests(TunedProduct fixture)
{
    private static readonly DateTimeOffset Later = TimeProvider.System.GetUtcNow().AddHours(1);

    private readonly Guid _id = Guid.NewGuid();

    [Fact]
    public async Task A_member_appears_at_the_first_request_whatever_becomes_of_it()
    {
        using var client = Client(new { display_name = "Ann 🎉" }, new { is_creator = true });

        (await client.GetAsync("/api/tokens/nothing-here")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);

        var member = (await fixture.Db().MemberAsync(_id))!;
        member.DisplayName.ShouldBe("Ann 🎉");
        member.IsCreator.ShouldBeTrue();
        member.SaidByDirectory.ShouldBeFalse();
    }

    [Fact]
    public async Task Twenty_first_requests_at_once_make_one_member()
    {
        using var client = Client(new { display_name = "Ann" }, new { is_creator = true });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync("/api/tokens/balance")));

        answers.ShouldAllBe(answer => answer.IsSuccessStatusCode);
        (await fixture.Db().MemberAsync(_id))!.DisplayName.ShouldBe("Ann");
    }

    [Fact]
    public async Task Twenty_tokens_of_a_new_member_at_once_make_one_member()
    {
        var clients = Enumerable.Range(1, 20).Select(i =>
            Client(new { display_name = $"name {i}" }, null, issuedAt: 1_000_000 + i)).ToList();

        var answers = await Task.WhenAll(clients.Select(client => client.GetAsync("/api/tokens/balance")));

        answers.Select(answer => (int)answer.StatusCode).ShouldAllBe(status => status == 200);
        (await fixture.Db().MemberAsync(_id))!.DisplayName.ShouldBe("name 20");
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_token_issued_after_the_directorys_word_overrules_it_and_an_older_one_does_not()
    {
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        using var before = Client(new { display_name = "before" }, new { is_creator = true }, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        (await before.GetAsync("/api/tokens/balance")).EnsureSuccessStatusCode();

        var answer = await admin.PutAsync($"/api/tokens/admin/members/{_id}", new { displayName = "directory", isCreator = false });
        answer.Status.ShouldBe(200);
        using var older = Client(new { display_name = "older" }, new { is_creator = true }, issuedAt: 1_000_000);
        (await older.GetAsync("/api/tokens/balance")).EnsureSuccessStatusCode();
        (await fixture.Db().MemberAsync(_id))!.DisplayName.ShouldBe("directory");

        var after = answer.Json.GetProperty("timestamp").GetDateTimeOffset().ToUnixTimeSeconds() + 1;
        using var newer = Client(new { display_name = "newer" }, new { is_creator = true }, after);
        (await newer.GetAsync("/api/tokens/balance")).EnsureSuccessStatusCode();
        var member = (await fixture.Db().MemberAsync(_id))!;
        member.DisplayName.ShouldBe("newer");
        member.IsCreator.ShouldBeTrue();
    }

    [Fact]
    public async Task A_name_is_cut_at_100_characters_without_splitting_an_emoji_and_loses_control_characters()
    {
        (await NameAfterAsync(new string('x', 200))).ShouldBe(new string('x', 100));
        (await NameAfterAsync(new string('x', 99) + "🎉")).ShouldBe(new string('x', 99));
        (await NameAfterAsync(new string('x', 98) + "🎉y")).ShouldBe(new string('x', 98) + "🎉");
        (await NameAfterAsync("\u0000A\tn\nn\u0085\u007f!")).ShouldBe("Ann!");
        (await NameAfterAsync(new string('\n', 150) + "Ann")).ShouldBe("Ann");
    }

    [Fact]
    public async Task A_claim_of_another_shape_says_nothing_and_the_sign_in_is_good()
    {
        (await NameAfterAsync("Ann")).ShouldBe("Ann");
        foreach (var metadata in new object[] { "text", 5, new[] { 1 }, new { display_name = 5 }, new { display_name = new { a = 1 } }, true })
        {
            using var client = Client(metadata, metadata);
            (await client.GetAsync("/api/tokens/balance")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, metadata.ToString());
        }

        (await fixture.Db().MemberAsync(_id))!.DisplayName.ShouldBe("Ann");
    }

    private async Task<string?> NameAfterAsync(string name)
    {
        using var client = Client(new { display_name = name }, null);
        (await client.GetAsync("/api/tokens/balance")).EnsureSuccessStatusCode();
        return (await fixture.Db().MemberAsync(_id))!.DisplayName;
    }

    private HttpClient Client(object? userMetadata, object? appMetadata, long? issuedAt = null) =>
        SignedToken.Client(fixture.Product.Gateway, SignedToken.Of(_id, Later, userMetadata, appMetadata, issuedAt));
}

[Collection(OnTunedSqlite.Name)]
public sealed class SignInOnSqliteTests(TunedSqliteProduct product) : SignInTests(product);

[Collection(OnTunedPostgres.Name)]
public sealed class SignInOnPostgresTests(TunedPostgresProduct product) : SignInTests(product);
