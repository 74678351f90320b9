namespace Tokens.Wallet.Data;

/// <summary>One commit of the ledger, until everybody who wants to know of it does.</summary>
internal sealed class OutboxRow
{
    public required Guid BatchId { get; init; }

    public required int Transfers { get; init; }

    public required DateTime PostedAt { get; init; }

    /// <summary>The span of the commit; null when it isn't traced.</summary>
    public string? TraceParent { get; init; }
}
