using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tokens.Wallet.Tests.Parts;

/// <summary>Bearer tokens signed by the test itself, for products that are started with <see cref="Secret"/>.</summary>
internal static class SignedToken
{
    internal const string Secret = "a secret that only these tests know and that is long enough";

    internal static string Of(Guid subject, DateTimeOffset expires, object? userMetadata = null, object? appMetadata = null, long? issuedAt = null)
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = subject.ToString(),
            ["aud"] = "authenticated",
            ["role"] = "authenticated",
            ["exp"] = expires.ToUnixTimeSeconds(),
        };
        if (issuedAt is { } seconds)
        {
            claims["iat"] = seconds;
        }

        if (userMetadata is not null)
        {
            claims["user_metadata"] = userMetadata;
        }

        if (appMetadata is not null)
        {
            claims["app_metadata"] = appMetadata;
        }

        var signed = $"{Encode("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(signed)))}";
    }

    internal static HttpClient Client(Uri gateway, string token)
    {
        var client = new HttpClient { BaseAddress = gateway };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
