using System.Text;
using Tokens.Host.Roles;

namespace Tokens.Host.Api;

/// <summary>Whose tokens are believed.</summary>
/// <param name="Secrets">HS256 secrets, the first of which signs development tokens; empty in Development makes one.</param>
/// <param name="Authority">OpenID authority; wins over secrets.</param>
/// <param name="Audience">What <c>aud</c> must be.</param>
internal sealed record SignInSettings(IReadOnlyList<byte[]> Secrets, string? Authority, string Audience)
{
    // HMAC-SHA256 wants a key at least as long as its hash.
    private const int SecretBytesMin = 32;

    internal static SignInSettings From(IConfiguration configuration)
    {
        var secrets = (configuration["SUPABASE_JWT_SECRET"] ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Encoding.UTF8.GetBytes)
            .ToList();
        if (secrets.Exists(secret => secret.Length < SecretBytesMin))
        {
            throw new SettingsException($"SUPABASE_JWT_SECRET: each secret needs at least {SecretBytesMin} characters.");
        }

        var authority = configuration["JWT_AUTHORITY"];
        if (!string.IsNullOrWhiteSpace(authority) && !Uri.IsWellFormedUriString(authority, UriKind.Absolute))
        {
            throw new SettingsException("JWT_AUTHORITY: expected an absolute URL.");
        }

        var audience = configuration["JWT_AUDIENCE"];
        return new SignInSettings(
            secrets,
            string.IsNullOrWhiteSpace(authority) ? null : authority,
            string.IsNullOrWhiteSpace(audience) ? "authenticated" : audience);
    }

    /// <summary>Names nothing secret.</summary>
    public override string ToString() => Authority ?? $"{Secrets.Count} shared secrets";
}
