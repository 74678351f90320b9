namespace Tokens.Payments.Parking;

/// <summary>Why a purchase or an event waits for a person.</summary>
internal static class ParkedReason
{
    /// <summary>Stripe took another amount or currency than the purchase costs.</summary>
    internal const string AmountMismatch = "amount_mismatch";

    /// <summary>Another payment intent than the purchase's own was paid.</summary>
    internal const string OtherIntent = "other_intent";

    /// <summary>The wallet refused the credit.</summary>
    internal const string RefusedByLedger = "refused_by_ledger";

    /// <summary>It failed too often for a reason that waiting doesn't mend.</summary>
    internal const string KeepsFailing = "keeps_failing";

    /// <summary>Stripe has neither taken the money nor let go of the payment in all that time.</summary>
    internal const string StaysOpen = "stays_open";
}
