namespace Tokens.Wallet.Data;

/// <summary>
/// What lies in 64 successive versions of an account, so that a search can step over them. Says only what the transfers say: an
/// account's rows may all be deleted together, and are made again when a search needs them.
/// </summary>
internal sealed class EntryBlockRow
{
    /// <summary>The member's id.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>0 for the versions 1 to 64, 1 for 65 to 128, and so on; none is left out, and none made before all its versions are there.</summary>
    public required long Block { get; init; }

    /// <summary>A bit for each kind and side that occurs: 2 × kind, and 1 more where the account received.</summary>
    public required long Types { get; init; }

    public required DateTime EarliestAt { get; init; }

    public required DateTime LatestAt { get; init; }
}
