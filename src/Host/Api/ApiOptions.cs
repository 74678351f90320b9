using System.ComponentModel.DataAnnotations;

namespace Tokens.Host.Api;

/// <summary>Limits of an API host, section <c>Api</c>; ranges are checked at start.</summary>
internal sealed class ApiOptions
{
    internal const string Section = "Api";

    /// <summary>Largest body of a request, in bytes, where its route doesn't say otherwise.</summary>
    [Range(1_024, 1_024 * 1_024)]
    public int BodyBytesMax { get; set; } = 32 * 1_024;

    /// <summary>
    /// Largest body that is taken off its connection, in bytes, though its route refuses it; more than any gateway takes. A larger one
    /// ends the connection.
    /// </summary>
    [Range(1_024 * 1_024, 256 * 1_024 * 1_024)]
    public int UnreadBodyBytesMax { get; set; } = 32 * 1_024 * 1_024;

    /// <summary>Largest request line, in bytes; more than any gateway takes, which is the one that refuses.</summary>
    [Range(1_024, 1_024 * 1_024)]
    public int RequestLineBytesMax { get; set; } = 128 * 1_024;

    /// <summary>Largest sum of a request's headers, in bytes; more than any gateway takes, which adds some of its own.</summary>
    [Range(1_024, 1_024 * 1_024)]
    public int RequestHeaderBytesMax { get; set; } = 512 * 1_024;

    /// <summary>Most headers of a request; more than any gateway takes.</summary>
    [Range(10, 10_000)]
    public int RequestHeadersMax { get; set; } = 2_000;

    /// <summary>
    /// An answer of fewer bytes is kept in memory until it is whole and sent in one piece, with its length; any other and an event stream
    /// go out as they are written.
    /// </summary>
    [Range(0, 16 * 1_024 * 1_024)]
    public int WholeAnswerBytesMax { get; set; } = 128 * 1_024;

    /// <summary>
    /// How much of the API's documentation is served; by default <see cref="Documentation.Page"/> in Development and
    /// <see cref="Documentation.Description"/> elsewhere.
    /// </summary>
    [EnumDataType(typeof(Documentation))]
    public Documentation? Documentation { get; set; }

    /// <summary>Requests for documentation that may be answered at once; a further one is refused.</summary>
    [Range(1, 10_000)]
    public int DocumentReadersMax { get; set; } = 256;

    /// <summary>
    /// Bytes that the kernel holds of an answer for one connection until the gateway has read them; Linux takes about twice as much.
    /// </summary>
    [Range(16 * 1_024, 16 * 1_024 * 1_024)]
    public int SocketBufferBytes { get; set; } = 256 * 1_024;

    /// <summary>Whether long answers without secrets are compressed.</summary>
    public bool Compression { get; set; } = true;

    /// <summary>Shortest answer that is worth compressing, in bytes.</summary>
    [Range(0, 64 * 1_024)]
    public int CompressionBytesMin { get; set; } = 1_024;
}
