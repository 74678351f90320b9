using System.ComponentModel.DataAnnotations;

namespace Tokens.Wallet.Ledger;

/// <summary>Section <c>Ledger</c>: the bounds of posting.</summary>
internal sealed class LedgerOptions
{
    /// <summary>Requests that may wait for the writer; one more is answered 503 <c>overloaded</c>. 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int QueueCapacity { get; set; } = 4_096;

    /// <summary>Most requests committed together, 1 to 5,000.</summary>
    [Range(1, 5_000)]
    public int BatchSizeMax { get; set; } = 500;

    /// <summary>Milliseconds to wait for an account that another host holds, 10 to 60,000.</summary>
    [Range(10, 60_000)]
    public int LockTimeoutMs { get; set; } = 1_000;

    /// <summary>How often requests on such an account are tried before they are given up, 1 to 60.</summary>
    [Range(1, 60)]
    public int LockAttemptsMax { get; set; } = 8;

    /// <summary>Milliseconds that a statement may take, 100 to 60,000.</summary>
    [Range(100, 60_000)]
    public int StatementTimeoutMs { get; set; } = 5_000;

    /// <summary>Milliseconds after which the server ends a transaction whose host has frozen, 100 to 60,000.</summary>
    [Range(100, 60_000)]
    public int IdleInTransactionTimeoutMs { get; set; } = 2_000;
}
