using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Tokens.Platform.Identity;
using Tokens.Platform.Time;

namespace Tokens.Wallet.Members;

/// <summary>Reads what a Supabase-shaped token says about its member.</summary>
internal static class SignInWords
{
    internal const int NameLengthMax = DisplayName.LengthMax;

    internal static MemberWord Read(ClaimsPrincipal principal) => new(
        Caller.From(principal).Id,
        Member(principal, "user_metadata", "display_name") is { ValueKind: JsonValueKind.String } name ? DisplayName.Clean(name.GetString()!) : null,
        Member(principal, "app_metadata", "is_creator") is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag
            ? flag.ValueKind == JsonValueKind.True
            : null,
        IssuedAt(principal.FindFirst("iat")?.Value),
        ByDirectory: false);

    private static JsonElement? Member(ClaimsPrincipal principal, string claim, string name)
    {
        if (principal.FindFirst(claim)?.Value is not { } text)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value)
                ? Detach(value)
                : null;
        }
        // A claim of another shape says nothing; the sign-in itself is good.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Reading text here, inside the same guard, refuses half a surrogate pair as any other wrong shape.
    private static JsonElement Detach(JsonElement value)
    {
        _ = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return value.Clone();
    }

    private static DateTime? IssuedAt(string? seconds)
    {
        const double Latest = 253_402_300_799;
        return double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= Latest
            ? Instant.Truncate(DateTime.UnixEpoch.AddSeconds(value))
            : null;
    }
}
