namespace Tokens.Wallet.Data;

/// <summary>One commit of the ledger that one subscriber hasn't taken yet.</summary>
internal sealed class OutboxDeliveryRow
{
    public required string Subscriber { get; init; }

    public required Guid BatchId { get; init; }

    public required int Transfers { get; init; }

    public required DateTime PostedAt { get; init; }

    /// <summary>The span of the commit; null when it isn't traced.</summary>
    public string? TraceParent { get; init; }

    /// <summary>How often the subscriber failed on this very batch.</summary>
    public int Failures { get; set; }

    /// <summary>Not to be told before.</summary>
    public DateTime DueAt { get; set; }
}
