using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Tokens.Platform.RateLimits;

/// <summary>The lease of a counted request. Nothing is given back at its end: a window counts when requests began.</summary>
/// <param name="isAcquired">Whether the request may pass.</param>
/// <param name="fields">What its response says; null where nothing was counted.</param>
internal sealed class CountedLease(bool isAcquired, RateLimitFields? fields) : RateLimitLease
{
    internal static readonly CountedLease Undecided = new(isAcquired: false, fields: null);
    internal static readonly CountedLease Unlimited = new(isAcquired: true, fields: null);

    public override bool IsAcquired => isAcquired;

    public override IEnumerable<string> MetadataNames => fields is null ? [] : [MetadataName.RetryAfter.Name];

    internal RateLimitFields? Fields => fields;

    public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
    {
        metadata = fields is not null && metadataName == MetadataName.RetryAfter.Name ? fields.NextIn : null;
        return metadata is not null;
    }
}
