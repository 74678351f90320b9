using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tokens.Host.Tests.Running;

/// <summary>Makes tokens by hand, so that what the product believes is held against the standard and not against its own library.</summary>
internal static class Jwt
{
    /// <summary>A Supabase-shaped token that is valid now and for an hour.</summary>
    internal static Dictionary<string, object?> Claims(Guid? member = null) => new()
    {
        ["sub"] = (member ?? Guid.NewGuid()).ToString(),
        ["aud"] = "authenticated",
        ["role"] = "authenticated",
        ["exp"] = SecondsFromNow(3600),
    };

    internal static long SecondsFromNow(int seconds) => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds;

    internal static string Hs256(string secret, Dictionary<string, object?> claims) => Hs256(Encoding.UTF8.GetBytes(secret), claims);

    internal static string Hs256(byte[] secret, Dictionary<string, object?> claims, string? keyId = null) =>
        Make("HS256", keyId, claims, text => HMACSHA256.HashData(secret, text));

    internal static string Hs384(string secret, Dictionary<string, object?> claims) =>
        Make("HS384", null, claims, text => HMACSHA384.HashData(Encoding.UTF8.GetBytes(secret), text));

    internal static string Unsigned(Dictionary<string, object?> claims) => Make("none", null, claims, _ => []);

    internal static string Rs256(RSA key, string keyId, Dictionary<string, object?> claims) =>
        Make("RS256", keyId, claims, text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private static string Make(string algorithm, string? keyId, Dictionary<string, object?> claims, Func<byte[], byte[]> sign)
    {
        var header = new Dictionary<string, object?> { ["alg"] = algorithm, ["typ"] = "JWT" };
        if (keyId is not null)
        {
            header["kid"] = keyId;
        }

        var text = $"{Encode(JsonSerializer.SerializeToUtf8Bytes(header))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{text}.{Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
