namespace Tokens.Payments;

/// <summary>The moments between two steps of a purchase at which its process may end.</summary>
internal enum PaymentsFailPoint
{
    /// <summary>The purchase's row is stored; Stripe knows nothing.</summary>
    PurchaseStored,

    /// <summary>Stripe has made the intent; its id isn't stored.</summary>
    IntentCreated,

    /// <summary>The row says that a charge is about to be asked for.</summary>
    ChargeStored,

    /// <summary>Stripe has answered the charge; nothing of that is stored.</summary>
    ChargeAnswered,

    /// <summary>The tokens are credited; the row doesn't say so.</summary>
    Credited,

    /// <summary>The row says that the member has to authenticate; nobody was told.</summary>
    ActionStored,

    /// <summary>The row is final; nobody was told.</summary>
    OutcomeStored,

    /// <summary>The intent is cancelled at Stripe; the row doesn't say so.</summary>
    IntentCancelled,

    /// <summary>A webhook event is stored; Stripe wasn't answered, nothing is applied.</summary>
    EventStored,

    /// <summary>A webhook event is applied; its row doesn't say so.</summary>
    EventApplied,
}
