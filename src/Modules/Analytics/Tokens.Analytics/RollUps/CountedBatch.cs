namespace Tokens.Analytics.RollUps;

/// <summary>A batch of the wallet that a generation has counted, so that a repeat counts nothing.</summary>
internal sealed class CountedBatch
{
    public required short Generation { get; init; }

    public required Guid BatchId { get; init; }

    public required DateTime CountedAt { get; init; }
}
