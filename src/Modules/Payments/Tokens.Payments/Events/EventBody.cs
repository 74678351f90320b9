using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tokens.Payments.Events;

/// <summary>Reads a body exactly as it came, since its signature is over the bytes.</summary>
internal static class EventBody
{
    // What a stranger says about the length of a body is no reason to make room for it.
    private const int FirstBytesMax = 16 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes; null when there are more than <paramref name="bytesMax"/>.</summary>
    internal static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int bytesMax, CancellationToken cancellationToken)
    {
        if (request.ContentLength > bytesMax)
        {
            return null;
        }

        var body = new ArrayBufferWriter<byte>((int)Math.Min(request.ContentLength ?? FirstBytesMax, FirstBytesMax) + 1);
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            var fits = body.WrittenCount + read.Buffer.Length <= bytesMax;
            if (fits)
            {
                foreach (var segment in read.Buffer)
                {
                    body.Write(segment.Span);
                }
            }

            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (!fits)
            {
                return null;
            }

            if (read.IsCompleted)
            {
                return body.WrittenMemory;
            }
        }
    }

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
