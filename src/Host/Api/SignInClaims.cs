using System.Globalization;
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

    internal static bool HasRole(ClaimsPrincipal principal, string role) => Roles(principal).Any(each => each.ValueEquals(role));

    /// <summary>The roles, each a JSON text; none where the metadata has another shape.</summary>
    internal static IEnumerable<JsonElement> Roles(ClaimsPrincipal principal) =>
        Member(principal, "app_metadata", "roles") is { ValueKind: JsonValueKind.Array } roles
            ? roles.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.String)
            : [];

    /// <summary>When the sign-in ends, in whole seconds.</summary>
    /// <exception cref="InvalidOperationException">It has no end: authentication let it through by mistake.</exception>
    internal static DateTimeOffset ExpiresAt(ClaimsPrincipal principal) =>
        double.TryParse(principal.FindFirst("exp")?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds()))
            : throw new InvalidOperationException("A sign-in without an end must not get past authentication.");

    /// <summary>A member of a claim that is a JSON object; null where there is none.</summary>
    internal static JsonElement? Member(ClaimsPrincipal principal, string claim, string name)
    {
        if (principal.FindFirst(claim)?.Value is not { } text)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value)
                ? value.Clone()
                : null;
        }
        // A claim of another shape says nothing; the sign-in itself is good.
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text of a member; null where it is none, or holds half a surrogate pair.</summary>
    internal static string? Text(JsonElement? member)
    {
        try
        {
            return member is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
