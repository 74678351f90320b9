using System.Text;
using Tokens.Testing.Products;
using Tokens.Wallet.Tests.Parts;

namespace Tokens.Wallet.Tests.Idempotency;

public abstract class IdempotencyTests(ProductFixture fixture)
{
    private const string Tip = "/api/tokens/tip";
    private const string Call = "/api/tokens/calls/deduct";
    private const string Adjust = "/api/tokens/admin/adjustments";

    [Theory]
    [InlineData(Call)]
    [InlineData(Adjust)]
    public async Task Two_hundred_parallel_calls_with_one_key_have_one_effect_and_one_answer(string path)
    {
        using var member = await fixture.SignInWithAsync(1_000);
        using var other = await fixture.SignInAsync();
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        var caller = path == Adjust ? admin : member;
        object body = path == Adjust
            ? new { memberId = member.Id, tokens = -100, reason = "because" }
            : new { counterpartyId = other.Id, amountTokens = 100, sessionId = "s" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => caller.PostAsync(path, body, "one-key")));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => !answer.IsReplay).ShouldBe(1);
        (await member.BalanceAsync()).ShouldBe(900);
    }

    [Fact]
    public async Task A_replay_is_the_same_text_and_marked_and_has_no_effect()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);

        var first = await fan.TipAsync(creator.Id, 100, "key");
        // Another posting between them, so that a replay can't just read the balance now.
        (await fan.TipAsync(creator.Id, 7)).Status.ShouldBe(200);
        var before = await fixture.StateAsync();
        var replay = await fan.TipAsync(creator.Id, 100, "key");

        first.IsReplay.ShouldBeFalse();
        replay.IsReplay.ShouldBeTrue();
        replay.Status.ShouldBe(200);
        replay.Text.ShouldBe(first.Text);
        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Another_payload_under_the_same_key_is_422_and_changes_nothing()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        using var other = await fixture.SignInAsync(isCreator: true);
        var body = new { creatorId = creator.Id, amountTokens = 100, channel = "a", message = "b" };
        (await fan.PostAsync(Tip, body, "key")).Status.ShouldBe(200);
        var before = await fixture.StateAsync();

        foreach (var different in new object[]
        {
            body with { amountTokens = 101 },
            body with { creatorId = other.Id },
            body with { channel = "b" },
            body with { channel = "ab", message = "" },
            new { creatorId = creator.Id, amountTokens = 100, channel = "a" },
            // A short balance doesn't hide that the key is taken.
            body with { amountTokens = 1_000_000 },
        })
        {
            var answer = await fan.PostAsync(Tip, different, "key");
            answer.Status.ShouldBe(422, answer.Text);
            answer.Code.ShouldBe("idempotency_key_reused");
        }

        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_refusal_leaves_the_key_free()
    {
        using var fan = await fixture.SignInWithAsync(10);
        using var creator = await fixture.SignInAsync(isCreator: true);
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");

        (await fan.TipAsync(creator.Id, 100, "key")).Status.ShouldBe(402);
        (await fan.TipAsync(creator.Id, 0, "key")).Status.ShouldBe(400);
        (await fan.TipAsync(Guid.NewGuid(), 5, "key")).Status.ShouldBe(404);
        (await admin.PostAsync(Adjust, new { memberId = fan.Id, tokens = 90, reason = "top up" })).Status.ShouldBe(200);
        var answer = await fan.TipAsync(creator.Id, 100, "key");

        answer.Status.ShouldBe(200, answer.Text);
        answer.IsReplay.ShouldBeFalse();
    }

    [Fact]
    public async Task Spelling_makes_no_difference()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        var first = await fan.PostJsonAsync(Tip, $$"""{"creatorId":"{{creator.Id}}","amountTokens":100,"message":"é"}""", "key");
        first.Status.ShouldBe(200, first.Text);

        foreach (var spelling in new[]
        {
            $$"""{ "message" : "\u00e9", "tokenAmount" : "100", "creatorId" : "{{creator.Id.ToString().ToUpperInvariant()}}" }""",
            $$"""{"amount":100,"creatorId":"{{creator.Id}}","message":"é","unknown":1,"clientIdempotencyKey":"other"}""",
            $$"""{"creatorId":"{{creator.Id}}","amountTokens":"0100","message":"é","channel":null}""",
        })
        {
            var replay = await fan.PostJsonAsync(Tip, spelling, "key");
            replay.Status.ShouldBe(200, $"{spelling} → {replay.Text}");
            replay.IsReplay.ShouldBeTrue(spelling);
            replay.Text.ShouldBe(first.Text);
        }

        (await fan.BalanceAsync()).ShouldBe(900);
    }

    [Fact]
    public async Task The_two_tip_routes_and_their_other_paths_are_one_scope()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        var first = await fan.TipAsync(creator.Id, 100, "key");

        foreach (var path in new[] { $"{Tip}/{creator.Id}", $"/api/v1/tokens/tip/{creator.Id}", $"/api/wallet/tip/{creator.Id}" })
        {
            var replay = await fan.PostAsync(path, new { amountTokens = 100 }, "key");
            replay.IsReplay.ShouldBeTrue(path);
            replay.Text.ShouldBe(first.Text);
        }

        (await fan.BalanceAsync()).ShouldBe(900);
    }

    [Fact]
    public async Task The_same_key_on_another_route_or_by_another_member_is_another_key()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var other = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);

        (await fan.TipAsync(creator.Id, 100, "key")).IsReplay.ShouldBeFalse();
        var byOther = await other.TipAsync(creator.Id, 100, "key");
        var call = await fan.PostAsync(Call, new { counterpartyId = creator.Id, amountTokens = 100, sessionId = "s" }, "key");

        byOther.Status.ShouldBe(200);
        byOther.IsReplay.ShouldBeFalse();
        call.Status.ShouldBe(200);
        call.IsReplay.ShouldBeFalse();
        (await creator.BalanceAsync()).ShouldBe(300);
    }

    [Fact]
    public async Task The_header_wins_over_the_body_and_an_empty_header_leaves_it_to_the_body()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        object Body(string key) => new { creatorId = creator.Id, amountTokens = 100, clientIdempotencyKey = key };

        (await fan.PostAsync(Tip, Body("from-body"))).IsReplay.ShouldBeFalse();
        (await fan.PostAsync(Tip, Body("from-body"), "from-header")).IsReplay.ShouldBeFalse();
        (await fan.PostAsync(Tip, Body("other"), "from-header")).IsReplay.ShouldBeTrue();
        (await fan.PostAsync(Tip, Body("from-body"))).IsReplay.ShouldBeTrue();
        (await fan.PostAsync(Tip, Body("from-body"), "\"\"")).IsReplay.ShouldBeTrue();
        (await fan.PostAsync(Tip, Body("\"from-body\""))).IsReplay.ShouldBeTrue();
        (await fan.BalanceAsync()).ShouldBe(800);
    }

    [Fact]
    public async Task A_quoted_key_is_the_bare_one()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);

        (await fan.TipAsync(creator.Id, 100, "\"k e y\"")).IsReplay.ShouldBeFalse();
        (await fan.TipAsync(creator.Id, 100, "k e y")).IsReplay.ShouldBeTrue();
        (await fan.TipAsync(creator.Id, 100, "K e y")).IsReplay.ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\"\"")]
    public async Task An_empty_key_is_none(string? key)
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);

        for (var i = 0; i < 2; i++)
        {
            var answer = await fan.TipAsync(creator.Id, 100, key);
            answer.Status.ShouldBe(200, answer.Text);
            answer.IsReplay.ShouldBeFalse();
        }

        (await fan.BalanceAsync()).ShouldBe(800);
    }

    [Fact]
    public async Task A_key_has_1_to_255_printable_ASCII_characters()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        (await fan.TipAsync(creator.Id, 1, new string('k', 255))).Status.ShouldBe(200);
        (await fan.TipAsync(creator.Id, 1, $"\"{new string('q', 255)}\"")).Status.ShouldBe(200);
        var before = await fixture.StateAsync();

        foreach (var key in new[] { new string('k', 256), "a\tb", "a\u007f" })
        {
            (await fan.TipAsync(creator.Id, 1, key)).ShouldBeFault("Idempotency-Key", "Invalid idempotency key", key);
        }

        (await SendWithRawKeyAsync(fan, creator.Id, "schlüssel")).ShouldBeFault("Idempotency-Key", "Invalid idempotency key", "schlüssel");
        foreach (var key in new[] { $"\"{new string('k', 256)}\"", "\"ü\"", "\"a\\nb\"", "\"\\u0000\"", "\"🔑\"", "\"\\ud800\"", "5", "true", "{}" })
        {
            var answer = await fan.PostJsonAsync(Tip, $$"""{"creatorId":"{{creator.Id}}","amountTokens":1,"clientIdempotencyKey":{{key}}}""");
            answer.ShouldBeFault("clientIdempotencyKey", "Invalid idempotency key", key);
        }

        (await fixture.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_replay_is_answered_after_the_creator_has_stopped_being_one_and_the_fan_owes()
    {
        using var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        var first = await fan.TipAsync(creator.Id, 100, "key");
        (await admin.PutAsync($"/api/tokens/admin/members/{creator.Id}", new { displayName = "was one", isCreator = false }))
            .Status.ShouldBe(200);
        await fixture.Db().SetDebtAsync(fan.Id, 5);

        (await fan.TipAsync(creator.Id, 100)).Code.ShouldBe("creator_not_found");
        var replay = await fan.TipAsync(creator.Id, 100, "key");

        replay.Text.ShouldBe(first.Text);
        replay.IsReplay.ShouldBeTrue();
    }

    /// <summary>Sends the key's UTF-8 bytes, as a client does that encodes nothing.</summary>
    private static async Task<Answer> SendWithRawKeyAsync(TestMember member, Guid creator, string key)
    {
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var client = new HttpClient(handler) { BaseAddress = member.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = member.Client.DefaultRequestHeaders.Authorization;
        using var request = new HttpRequestMessage(HttpMethod.Post, Tip)
        {
            Content = MoneyRequests.Json($$"""{"creatorId":"{{creator}}","amountTokens":1}"""),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await Answer.ReadAsync(await client.SendAsync(request));
    }
}

[Collection(OnSqlite.Name)]
public sealed class IdempotencyOnSqliteTests(SqliteProduct product) : IdempotencyTests(product);

[Collection(OnPostgres.Name)]
public sealed class IdempotencyOnPostgresTests(PostgresProduct product) : IdempotencyTests(product);
