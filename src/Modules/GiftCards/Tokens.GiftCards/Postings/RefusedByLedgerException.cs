namespace Tokens.GiftCards.Postings;

/// <summary>The ledger refused what it owes: for a person to look at.</summary>
internal sealed class RefusedByLedgerException(string outcome) : Exception($"The ledger answered {outcome}.");
