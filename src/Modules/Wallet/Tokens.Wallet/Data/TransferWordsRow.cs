namespace Tokens.Wallet.Data;

/// <summary>What a member said with a posting; beside the ledger, so that it can be erased.</summary>
internal sealed class TransferWordsRow
{
    public required Guid TransferId { get; init; }

    public string? Channel { get; init; }

    public string? Message { get; init; }
}
