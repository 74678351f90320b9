namespace Tokens.Bench.Rounds;

/// <summary>What the cases are called in reports.</summary>
internal static class CaseNames
{
    internal const string RawSpread = "raw, spread";
    internal const string RawOnePayee = "raw, one payee";
    internal const string TipsSpread = "tips, spread";
    internal const string TipsOnePayee = "tips, one payee";
    internal const string Tips1 = "tips, 1 connection";
    internal const string Tips64 = "tips, 64 connections";
    internal const string Tips1000 = "tips, 1,000 connections";
    internal const string Balance = "balance, cached";
    internal const string Wallet = "wallet, from the database";
    internal const string GiftCardIssue = "gift cards, issue";
    internal const string GiftCardRedeem = "gift cards, redeem";
    internal const string Noop = "no-op";
    internal const string NoopDirect = "no-op, without the gateway";

    internal static readonly IReadOnlyList<string> All =
        [RawSpread, RawOnePayee, TipsSpread, TipsOnePayee, Tips1, Tips64, Tips1000, Balance, Wallet, GiftCardIssue, GiftCardRedeem, Noop, NoopDirect];

    /// <summary>Whether the product has no part in it.</summary>
    internal static bool IsRaw(string name) => name is RawSpread or RawOnePayee;
}
