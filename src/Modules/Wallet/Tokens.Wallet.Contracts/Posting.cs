namespace Tokens.Wallet.Contracts;

/// <summary>Transfers that happen together or not at all.</summary>
/// <param name="Key">The caller's name for this posting; the same for every repeat.</param>
/// <param name="Legs">1 to 8 transfers; a member sees all legs of one posting as one entry, of the first such leg's kind.</param>
public sealed record Posting(PostingKey Key, IReadOnlyList<Leg> Legs)
{
    /// <summary>Most legs a posting may have.</summary>
    public const int LegsMax = 8;

    /// <summary>What the posting is for (a purchase's id, a card's, a session's), shown in histories; at most 100 characters.</summary>
    public string? Reference { get; init; }

    /// <summary>Where it happened, in the member's words; kept beside the ledger, erasable; at most 100 characters.</summary>
    public string? Channel { get; init; }

    /// <summary>The member's message; kept beside the ledger, erasable; at most 500 characters.</summary>
    public string? Message { get; init; }
}

/// <summary>Names a posting, uniquely for ever.</summary>
/// <param name="Module">Name of the module that posts: never the member's.</param>
/// <param name="Route">What the module does, such as <c>purchase</c>; at most 32 characters.</param>
/// <param name="Key">The caller's own key, such as its row's id; 1 to 255 printable ASCII characters.</param>
public sealed record PostingKey(string Module, string Route, string Key);

/// <summary>One transfer of a posting.</summary>
/// <param name="From">The account that pays.</param>
/// <param name="To">The account that receives; another one.</param>
/// <param name="Tokens">1 to 2^53 - 1.</param>
/// <param name="Kind">What it is for.</param>
public sealed record Leg(Account From, Account To, long Tokens, TransferKind Kind);
