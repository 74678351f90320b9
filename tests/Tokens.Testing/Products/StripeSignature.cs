using System.Security.Cryptography;
using System.Text;

namespace Tokens.Testing.Products;

/// <summary>Signs events as Stripe does.</summary>
public static class StripeSignature
{
    /// <summary>The header <c>Stripe-Signature</c> of a body signed at that time, in seconds.</summary>
    public static string Header(byte[] body, string secret, string time) => $"t={time},v1={Of(body, secret, time)}";

    /// <summary>HMAC-SHA256 of the time, a dot and the body, in hexadecimal.</summary>
    public static string Of(byte[] body, string secret, string time)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(time + "."), .. body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
