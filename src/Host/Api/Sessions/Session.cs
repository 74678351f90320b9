using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Tokens.Platform.Identity;

namespace Tokens.Host.Api.Sessions;

/// <summary>A sign-in by cookie: what it keeps of the token that opened it, and an id by which it is ended.</summary>
internal static class Session
{
    /// <summary>The authentication scheme, and so the authentication type of every session's identity.</summary>
    internal const string Scheme = "session";

    private const string IdClaim = "sid";

    // As they are in the token; of its metadata only what the product reads, so that no cookie grows with what others keep there.
    private static readonly string[] KeptClaims = [Caller.SubjectClaim, "aud", "role", "iat", "exp"];

    /// <summary>The session of a principal; null when a bearer token signed it in, or nobody did.</summary>
    internal static Guid? IdOf(ClaimsPrincipal? principal) =>
        principal?.Identity is ClaimsIdentity { AuthenticationType: Scheme } identity
        && Guid.TryParseExact(identity.FindFirst(IdClaim)?.Value, "D", out var id)
            ? id
            : null;

    /// <summary>The principal of a new session, in the shape of the token's own.</summary>
    internal static ClaimsPrincipal Open(ClaimsPrincipal token, Guid id)
    {
        var identity = new ClaimsIdentity(Scheme, Caller.SubjectClaim, roleType: null);
        identity.AddClaims(token.Claims.Where(claim => KeptClaims.Contains(claim.Type)).Select(claim => new Claim(claim.Type, claim.Value, claim.ValueType)));
        identity.AddClaim(new Claim(IdClaim, id.ToString()));
        AddMetadata(identity, "user_metadata", Name(token));
        AddMetadata(identity, "app_metadata", IsCreator(token), Roles(token));
        return new ClaimsPrincipal(identity);
    }

    private static void AddMetadata(ClaimsIdentity identity, string claim, params string?[] members) =>
        identity.AddClaim(new Claim(claim, string.Create(CultureInfo.InvariantCulture, $"{{{string.Join(',', members.Where(member => member is not null))}}}")));

    private static string? Name(ClaimsPrincipal token) =>
        SignInClaims.Text(SignInClaims.Member(token, "user_metadata", "display_name")) is { } text && DisplayName.Clean(text) is { } name
            ? $"\"display_name\":{JsonSerializer.Serialize(name)}"
            : null;

    private static string? IsCreator(ClaimsPrincipal token) =>
        SignInClaims.Member(token, "app_metadata", "is_creator") is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag
            ? $"\"is_creator\":{flag.GetRawText()}"
            : null;

    private static string? Roles(ClaimsPrincipal token) =>
        SignInClaims.Roles(token).ToList() is { Count: > 0 } roles
            ? $"\"roles\":[{string.Join(',', roles.Select(role => role.GetRawText()))}]"
            : null;
}
