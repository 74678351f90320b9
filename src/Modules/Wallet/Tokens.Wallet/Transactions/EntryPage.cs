namespace Tokens.Wallet.Transactions;

/// <summary>Entries of one account, newest first.</summary>
/// <param name="Next">The version below which the next page lies; null where this one is not full or reaches the first entry.</param>
/// <param name="Total">How many entries the account has; null under a filter.</param>
internal sealed record EntryPage(List<Entry> Entries, long? Next, long? Total);
