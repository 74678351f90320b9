namespace Tokens.Platform.Inputs;

/// <summary>
/// How large a body a route takes; the last one said counts. Not the server's own limit, which would end the connection of a body that
/// it refuses, and with it perhaps the answer: a body up to that limit is taken off the connection, read or not.
/// </summary>
/// <param name="bytesMax">Most bytes that the body may have.</param>
public sealed class RequestSizeLimitMetadata(int bytesMax)
{
    /// <summary>Most bytes that the body may have.</summary>
    public int BytesMax { get; } = bytesMax;
}
