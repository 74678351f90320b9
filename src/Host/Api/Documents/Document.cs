using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Tokens.Host.Api.Documents;

/// <summary>A document that is the same for everybody: one buffer for each encoding, made once and shared by all answers.</summary>
internal sealed class Document
{
    private readonly Dictionary<string, Encoded> _compressed = [];
    private readonly Encoded _plain;

    private Document(string contentType, Encoded plain) => (ContentType, _plain) = (contentType, plain);

    internal string ContentType { get; }

    /// <summary>Gets whether its answers differ by <c>Accept-Encoding</c>.</summary>
    internal bool IsCompressed => _compressed.Count > 0;

    /// <summary>Makes a document of <paramref name="content"/>, which is kept.</summary>
    internal static Document Create(string contentType, byte[] content, bool isCompressed)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
        var document = new Document(contentType, new Encoded(content, Tag(hash)));
        if (isCompressed)
        {
            // In the order in which the host prefers them.
            document.Add("br", hash, Compress(content, stream => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true)));
            document.Add("gzip", hash, Compress(content, stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)));
        }

        return document;
    }

    /// <summary>Returns the encoding for a client, null for none, and its bytes.</summary>
    internal (string? Encoding, Encoded Encoded) For(IList<StringWithQualityHeaderValue> accepted) =>
        AcceptedEncoding.Choose(accepted, _compressed.Keys) is { } encoding ? (encoding, _compressed[encoding]) : (null, _plain);

    private void Add(string encoding, string hash, byte[] bytes) => _compressed.Add(encoding, new Encoded(bytes, Tag($"{hash}-{encoding}")));

    private static EntityTagHeaderValue Tag(string text) => new($"\"{text}\"");

    private static byte[] Compress(byte[] content, Func<Stream, Stream> open)
    {
        using var packed = new MemoryStream();
        using (var stream = open(packed))
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }

    /// <param name="Bytes">The document in that encoding.</param>
    /// <param name="Tag">Its strong entity tag.</param>
    internal sealed record Encoded(byte[] Bytes, EntityTagHeaderValue Tag);
}
