using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stripe;

/// <summary>Verifies and reads the events that Stripe sends.</summary>
internal static class EventUtility
{
    // Both ways without replacement: what can't be encoded can't have been signed.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads an event without verifying it.</summary>
    /// <param name="json">The event.</param>
    /// <param name="throwOnApiVersionMismatch">Whether an event of another release of Stripe's API is refused.</param>
    /// <exception cref="StripeException">The event is of another release.</exception>
    /// <exception cref="JsonException">It can't be read.</exception>
    public static Event ParseEvent(string json, bool throwOnApiVersionMismatch = true)
    {
        var stripeEvent = JsonSerializer.Deserialize<Event>(json, StripeJson.Options) ?? throw new JsonException("The event is null.");
        return throwOnApiVersionMismatch && ReleaseOf(stripeEvent.ApiVersion) != ReleaseOf(StripeClient.ApiVersion)
            ? throw new StripeException($"The event has version {stripeEvent.ApiVersion}, and {StripeClient.ApiVersion} is read here.")
            : stripeEvent;
    }

    /// <summary>Verifies an event without reading it.</summary>
    /// <param name="json">The body exactly as it came.</param>
    /// <param name="stripeSignatureHeader">The header <c>Stripe-Signature</c>.</param>
    /// <param name="secret">The endpoint's signing secret.</param>
    /// <param name="tolerance">Seconds that the signature's time may differ from the present one, in either direction.</param>
    /// <param name="utcNow">The present time in seconds since 1970.</param>
    /// <exception cref="StripeException">The signature is not by that secret, or stale.</exception>
    public static void ValidateSignature(string json, string stripeSignatureHeader, string secret, long tolerance, long utcNow)
    {
        if (SignatureHeader.TryParse(stripeSignatureHeader) is not { } header)
        {
            throw new StripeException("The Stripe-Signature header can't be read.");
        }

        if (!header.Holds(Sign(secret, header.Timestamp, json)))
        {
            throw new StripeException("The Stripe-Signature header holds no signature of this body by this secret.");
        }

        if (Math.Abs(utcNow - header.UnixTime) > tolerance)
        {
            throw new StripeException("The signature's time is outside of the tolerance.");
        }
    }

    private static byte[] Sign(string secret, string timestamp, string json)
    {
        try
        {
            var hash = HMACSHA256.HashData(StrictUtf8.GetBytes(secret), StrictUtf8.GetBytes($"{timestamp}.{json}"));
            return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash));
        }
        catch (EncoderFallbackException fault)
        {
            throw new StripeException("The body is not valid Unicode.", fault);
        }
    }

    private static string? ReleaseOf(string? apiVersion) => apiVersion?[(apiVersion.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
