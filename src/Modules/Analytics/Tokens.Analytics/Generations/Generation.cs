namespace Tokens.Analytics.Generations;

/// <summary>One count of everything posted: the one that is read, one that is being built beside it, or one that was.</summary>
internal sealed class Generation
{
    public required short Id { get; init; }

    public required GenerationStatus Status { get; set; }

    public required DateTime StartedAt { get; init; }

    /// <summary>The last batch of the wallet's history that was counted while it was built.</summary>
    public Guid? LastBatchId { get; set; }

    /// <summary>Entries counted from the history, for whoever waits.</summary>
    public long EntriesRead { get; set; }

    public DateTime? SwitchedAt { get; set; }

    /// <summary>Roll-ups that it had otherwise than the generation before, when it was switched over.</summary>
    public int? RowsApart { get; set; }
}

/// <summary>The numbers are stored; what is lower is rather read.</summary>
internal enum GenerationStatus
{
    Live = 1,
    Building = 2,
    Retired = 3,
}
