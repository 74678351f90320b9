using System.Security.Claims;
using System.Text.Json;
using Tokens.Platform.Identity;

namespace Tokens.Host.Api;

/// <summary>Reads the claims of a Supabase-shaped token that the host itself decides by.</summary>
internal static class SignInClaims
{
    private const string MemberRole = "authenticated";

    /// <summary>The subject is a UUID that a member may bear, and the token isn't one of a service or of nobody.</summary>
    internal static bool IsMember(ClaimsPrincipal principal) =>
        Guid.TryParseExact(principal.FindFirst(Caller.SubjectClaim)?.Value, "D", out var id)
        && !ReservedIds.Covers(id)
        && principal.FindFirst("role")?.Value is null or MemberRole;

    internal static bool HasRole(ClaimsPrincipal principal, string role)
    {
        if (principal.FindFirst("app_metadata")?.Value is not { } text)
        {
            return false;
        }

        try
        {
            using var metadata = JsonDocument.Parse(text);
            return metadata.RootElement.ValueKind == JsonValueKind.Object
                && metadata.RootElement.TryGetProperty("roles", out var roles)
                && roles.ValueKind == JsonValueKind.Array
                && roles.EnumerateArray().Any(each => each.ValueKind == JsonValueKind.String && each.ValueEquals(role));
        }
        // Metadata of another shape grants nothing.
        catch (JsonException)
        {
            return false;
        }
    }
}
