using System.Text.Json;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

public sealed class SignInTests(SharedSecretProduct fixture) : IClassFixture<SharedSecretProduct>
{
    private const string Secret = SharedSecretProduct.NewSecret;

    private static readonly Dictionary<string, Func<string?>> Refused = new()
    {
        ["no header"] = () => null,
        ["an empty header"] = () => "",
        ["garbage"] = () => "Bearer garbage",
        ["three parts of garbage"] = () => "Bearer a.b.c",
        ["no token"] = () => "Bearer ",
        ["a password"] = () => "Basic dXNlcjpwYXNzd29yZA==",
        ["expired"] = () => With("exp", Jwt.SecondsFromNow(-7)),
        ["expired long ago"] = () => With("exp", 0),
        ["no end"] = () => Without("exp"),
        ["an end that is no number"] = () => With("exp", "tomorrow"),
        ["not valid yet"] = () => With("nbf", Jwt.SecondsFromNow(30)),
        ["not signed"] = () => "Bearer " + Jwt.Unsigned(Jwt.Claims()),
        ["signed by somebody else"] = () => "Bearer " + Jwt.Hs256("a secret that nobody here has ever heard of", Jwt.Claims()),
        ["signed with another algorithm"] = () => "Bearer " + Jwt.Hs384(Secret, Jwt.Claims()),
        ["changed after it was signed"] = Tampered,
        ["without its signature"] = () => Signed(Jwt.Claims())[..(Signed(Jwt.Claims()).LastIndexOf('.') + 1)],
        ["for another audience"] = () => With("aud", "somebody-else"),
        ["for no audience"] = () => Without("aud"),
        ["no subject"] = () => Without("sub"),
        ["a subject that is no UUID"] = () => With("sub", "admin"),
        ["a subject in braces"] = () => With("sub", $"{{{Guid.NewGuid()}}}"),
        ["the empty subject"] = () => With("sub", Guid.Empty.ToString()),
        ["a reserved subject"] = () => With("sub", "00000000-0000-8000-8000-000000000001"),
        ["a service"] = () => With("role", "service_role"),
        ["nobody"] = () => With("role", "anon"),
    };

    public static TheoryData<string> RefusedNames => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public async Task A_sign_in_that_is_not_a_members_is_refused(string what)
    {
        var answer = await AskAsync(Refused[what]());

        answer.ShouldBeProblem(401, "unauthenticated");
        answer.Title.ShouldBe("Authentication required");
        answer.Headers.WwwAuthenticate.ShouldContain(challenge => challenge.Scheme == "Bearer");
    }

    [Theory]
    [InlineData(SharedSecretProduct.NewSecret)]
    [InlineData(SharedSecretProduct.OldSecret)]
    public async Task Both_secrets_are_believed_during_a_rotation(string secret) =>
        (await AskAsync("Bearer " + Jwt.Hs256(secret, Jwt.Claims()))).Status.ShouldBe(200);

    [Fact]
    public async Task Clocks_may_differ_by_a_few_seconds()
    {
        (await AskAsync(With("exp", Jwt.SecondsFromNow(-2)))).Status.ShouldBe(200);
        (await AskAsync(With("nbf", Jwt.SecondsFromNow(2)))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_token_may_leave_out_its_role_and_name_several_audiences()
    {
        (await AskAsync(Without("role"))).Status.ShouldBe(200);
        (await AskAsync(With("aud", new[] { "other", "authenticated" }))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_development_token_is_signed_with_the_first_secret()
    {
        using var member = await fixture.SignInAsync();

        var parts = member.Token.Split('.');
        var claims = JsonSerializer.Deserialize<Dictionary<string, object?>>(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))!;
        var again = Jwt.Hs256(Secret, claims);
        claims["sub"]!.ToString().ShouldBe(member.Id.ToString());
        (await AskAsync("Bearer " + again)).Status.ShouldBe(200);
    }

    private static readonly (string What, Dictionary<string, object?> Claims, int Status)[] AdminCases =
    [
        ("no roles", [], 403),
        ("another role", new() { ["app_metadata"] = new { roles = new[] { "editor" } } }, 403),
        ("a role in the metadata that members write themselves", new() { ["user_metadata"] = new { roles = new[] { "tokens-admin" } } }, 403),
        ("roles as one text", new() { ["app_metadata"] = new { roles = "tokens-admin" } }, 403),
        ("metadata that is no object", new() { ["app_metadata"] = "tokens-admin" }, 403),
        ("a top-level claim", new() { ["roles"] = new[] { "tokens-admin" } }, 403),
        ("the role", new() { ["app_metadata"] = new { roles = new[] { "editor", "tokens-admin" } } }, 200),
    ];

    public static TheoryData<string> AdminCaseNames => [.. AdminCases.Select(each => each.What)];

    [Theory]
    [MemberData(nameof(AdminCaseNames))]
    public async Task Admin_routes_open_to_the_role_alone(string what)
    {
        var (_, extra, status) = AdminCases.Single(each => each.What == what);
        var claims = Jwt.Claims();
        foreach (var (name, value) in extra)
        {
            claims[name] = value;
        }

        var answer = await AskAsync(Signed(claims), "/api/tokens/admin/ledger/verify");

        answer.Status.ShouldBe(status, answer.Text);
        if (status == 403)
        {
            answer.ShouldBeProblem(403, "forbidden");
        }
    }

    private static string Signed(Dictionary<string, object?> claims) => "Bearer " + Jwt.Hs256(Secret, claims);

    private static string With(string claim, object value) => Signed(new(Jwt.Claims()) { [claim] = value });

    private static string Without(string claim) => Signed(new(Jwt.Claims().Where(each => each.Key != claim)));

    private static string Tampered()
    {
        var (mine, theirs) = (Signed(Jwt.Claims()).Split('.'), Signed(Jwt.Claims()).Split('.'));
        return $"{mine[0]}.{theirs[1]}.{mine[2]}";
    }

    private async Task<Answer> AskAsync(string? authorization, string path = "/api/tokens/balance")
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Gateway };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await Answer.ReadAsync(await client.SendAsync(request));
    }
}
