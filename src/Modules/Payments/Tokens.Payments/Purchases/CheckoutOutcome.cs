namespace Tokens.Payments.Purchases;

/// <summary>How an order ended for the request that made it; the set is closed.</summary>
internal abstract record CheckoutOutcome
{
    private CheckoutOutcome()
    {
    }

    /// <summary>There is a purchase, and this is how it stands.</summary>
    /// <param name="Result">Its state.</param>
    /// <param name="IsReplay">Whether another request had brought it there.</param>
    internal sealed record Answered(PurchaseResult Result, bool IsReplay) : CheckoutOutcome;

    /// <summary>There is a purchase, and how it stands couldn't be found out in time; it is settled by itself.</summary>
    /// <param name="PurchaseId">The purchase's.</param>
    /// <param name="Fault">What kept it from going on here; null when time ran out.</param>
    internal sealed record LeftOpen(Guid PurchaseId, Exception? Fault) : CheckoutOutcome;

    /// <summary>The key belongs to another order.</summary>
    internal sealed record KeyReused : CheckoutOutcome;

    /// <summary>Another host has the purchase in hand and didn't finish in time.</summary>
    internal sealed record InProgress : CheckoutOutcome;
}
