namespace Tokens.Wallet.MovingIn;

/// <summary>An entry of the history that a member brought along from an older system: shown, and never counted.</summary>
internal sealed class PastTransactionRow
{
    /// <summary>Follows from member, source and moment; ordered by the moment.</summary>
    public required Guid Id { get; init; }

    public required Guid MemberId { get; init; }

    /// <summary>What the older system called it; unique with the member.</summary>
    public required string SourceId { get; init; }

    /// <summary>One of the words of <see cref="Transactions.EntryTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Signed from the member's side.</summary>
    public required long Tokens { get; init; }

    public Guid? RelatedMemberId { get; init; }

    /// <summary>In the member's words; erasable.</summary>
    public string? Channel { get; init; }

    /// <summary>In the member's words; erasable.</summary>
    public string? Message { get; init; }

    public string? Reference { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Whether both say the same; words aside, which may have been erased since.</summary>
    internal bool Says(PastTransactionRow other) => Id == other.Id && Type == other.Type && Tokens == other.Tokens
        && RelatedMemberId == other.RelatedMemberId && Reference == other.Reference;
}
