using System.Text;

namespace Tokens.Payments.Events;

/// <summary>The text of a body exactly as it came, since its signature is over the bytes.</summary>
internal static class EventBody
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, a byte order mark included; null when it isn't UTF-8.</summary>
    internal static string? Decode(ReadOnlyMemory<byte> body)
    {
        try
        {
            return StrictUtf8.GetString(body.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
