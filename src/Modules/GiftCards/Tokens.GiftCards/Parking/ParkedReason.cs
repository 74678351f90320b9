namespace Tokens.GiftCards.Parking;

/// <summary>Why a card or a gift waits for a person.</summary>
internal static class ParkedReason
{
    /// <summary>The wallet refused what it owes.</summary>
    internal const string RefusedByLedger = "refused_by_ledger";

    /// <summary>It failed too often for a reason that waiting doesn't mend.</summary>
    internal const string KeepsFailing = "keeps_failing";
}
