using Microsoft.AspNetCore.Http.Metadata;

namespace Tokens.Platform.Inputs;

/// <summary>Lets a route take a larger body than the others.</summary>
/// <param name="bytes">Most bytes that the body may have.</param>
public sealed class RequestSizeLimitMetadata(long bytes) : IRequestSizeLimitMetadata
{
    /// <inheritdoc />
    public long? MaxRequestBodySize { get; } = bytes;
}
