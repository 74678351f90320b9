using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Tokens.Host.Api;
using Tokens.Host.Api.Sessions;
using Tokens.Host.Tests.Running;

namespace Tokens.Host.Tests.Sessions;

/// <summary>A session says of its member what the token said, as far as the product reads it.</summary>
public sealed class SessionTokenTests
{
    private static readonly Guid Id = Guid.Parse("5e55104d-0000-4000-8000-000000000001");

    [Fact]
    public void The_claims_that_the_product_reads_are_kept_and_others_are_not()
    {
        var token = Token(new()
        {
            ["iat"] = 1_700_000_000,
            ["email"] = "fan@example.test",
            ["user_metadata"] = new { display_name = "Fay 🎉 \"F\"", biography = "long" },
            ["app_metadata"] = new { provider = "email", is_creator = true, roles = new object[] { "editor", 7, "tokens-admin" } },
        });

        var session = Session.Open(token, Id);

        foreach (var name in new[] { "sub", "aud", "role", "iat", "exp" })
        {
            session.FindFirst(name).ShouldNotBeNull(name).Value.ShouldBe(token.FindFirst(name)!.Value);
        }

        session.Claims.Select(claim => claim.Type).ShouldBe(["sub", "aud", "role", "iat", "exp", "sid", "user_metadata", "app_metadata"], ignoreOrder: true);
        SignInClaims.Text(SignInClaims.Member(session, "user_metadata", "display_name")).ShouldBe("Fay 🎉 \"F\"");
        SignInClaims.Member(session, "user_metadata", "biography").ShouldBeNull();
        SignInClaims.Member(session, "app_metadata", "is_creator")!.Value.GetBoolean().ShouldBeTrue();
        SignInClaims.HasRole(session, "tokens-admin").ShouldBeTrue();
        SignInClaims.HasRole(session, "admin").ShouldBeFalse();
        SignInClaims.ExpiresAt(session).ShouldBe(SignInClaims.ExpiresAt(token));
        SignInClaims.IsMember(session).ShouldBeTrue();
        Session.IdOf(session).ShouldBe(Id);
    }

    [Theory]
    [InlineData("""{"display_name":7}""", """{"is_creator":"yes","roles":"tokens-admin"}""")]
    [InlineData("""{"display_name":"\ud83d"}""", "[]")]
    [InlineData("\"Fay\"", "7")]
    [InlineData("""{"display_name":"\u0000\u0001"}""", "{}")]
    public void What_has_another_shape_says_nothing(string userMetadata, string appMetadata)
    {
        var token = new ClaimsPrincipal(new ClaimsIdentity(
            [new("sub", Guid.NewGuid().ToString()), new("exp", "1700000000"), new("user_metadata", userMetadata), new("app_metadata", appMetadata)],
            "Bearer"));

        var session = Session.Open(token, Id);

        session.FindFirst("user_metadata")!.Value.ShouldBe("{}");
        session.FindFirst("app_metadata")!.Value.ShouldBe("{}");
    }

    [Fact]
    public void A_token_is_no_session_whatever_it_claims() =>
        Session.IdOf(Token(new() { ["sid"] = Id.ToString() })).ShouldBeNull();

    [Fact]
    public void Nobody_has_no_session()
    {
        Session.IdOf(null).ShouldBeNull();
        Session.IdOf(new ClaimsPrincipal()).ShouldBeNull();
        Session.IdOf(new ClaimsPrincipal(new ClaimsIdentity())).ShouldBeNull();
    }

    private static ClaimsPrincipal Token(Dictionary<string, object?> claims)
    {
        var all = Jwt.Claims();
        foreach (var (name, value) in claims)
        {
            all[name] = value;
        }

        return new ClaimsPrincipal(new ClaimsIdentity(new JsonWebToken(SessionProduct.TokenOf(all)).Claims, "AuthenticationTypes.Federation"));
    }
}
