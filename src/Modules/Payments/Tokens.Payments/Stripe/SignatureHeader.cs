using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stripe;

/// <summary>The header <c>Stripe-Signature</c>: <c>t=1767225600,v1=hex,v1=hex</c>, one signature a secret while secrets rotate.</summary>
internal sealed class SignatureHeader
{
    private readonly List<byte[]> _signatures = [];

    private SignatureHeader(string timestamp, long unixTime) => (Timestamp, UnixTime) = (timestamp, unixTime);

    /// <summary>The time of signing as it was signed.</summary>
    internal string Timestamp { get; }

    /// <summary>The same in seconds since 1970.</summary>
    internal long UnixTime { get; }

    /// <summary>Null when the header isn't of that shape; other schemes than <c>v1</c> are passed over.</summary>
    internal static SignatureHeader? TryParse(string? text)
    {
        var items = text?.Split(',', StringSplitOptions.TrimEntries).Select(item => item.Split('=', 2)).ToList();
        if (items is null || items.Exists(item => item.Length < 2)
            || items.Find(item => item[0] == "t") is not [_, var timestamp]
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var unixTime))
        {
            return null;
        }

        var header = new SignatureHeader(timestamp, unixTime);
        header._signatures.AddRange(items.Where(item => item[0] == "v1").Select(item => Encoding.UTF8.GetBytes(item[1])));
        return header;
    }

    /// <summary>Whether one of the signatures is that one; how long the answer takes says nothing about which, or how nearly.</summary>
    internal bool Holds(ReadOnlySpan<byte> signature)
    {
        var holds = false;
        foreach (var candidate in _signatures)
        {
            holds |= CryptographicOperations.FixedTimeEquals(candidate, signature);
        }

        return holds;
    }
}
