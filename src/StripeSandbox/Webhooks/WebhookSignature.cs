using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tokens.StripeSandbox.Webhooks;

/// <summary>Stripe's signature of a webhook's body and the moment of its sending.</summary>
internal static class WebhookSignature
{
    internal const string Header = "Stripe-Signature";

    internal static string Sign(ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        var moment = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(moment + "."));
        hash.AppendData(body);
        return $"t={moment},v1={Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
