using Stripe;

namespace Tokens.Payments.Purchases;

/// <summary>What Stripe's answer means for a purchase; the set is closed.</summary>
internal abstract record StripeWord
{
    private StripeWord()
    {
    }

    /// <summary>The money is taken.</summary>
    internal sealed record Paid(PaymentIntent Intent) : StripeWord;

    /// <summary>The member has to authenticate.</summary>
    internal sealed record NeedsMember(PaymentIntent Intent) : StripeWord;

    /// <summary>The card was refused; why is null when Stripe doesn't say.</summary>
    internal sealed record Declined(StripeError? Error) : StripeWord;

    /// <summary>The payment method can't be charged at all.</summary>
    internal sealed record Invalid : StripeWord;

    /// <summary>The intent is at its end without a charge.</summary>
    internal sealed record Cancelled : StripeWord;

    /// <summary>No attempt to charge has had an effect.</summary>
    internal sealed record Untouched : StripeWord;

    /// <summary>Nothing can be said yet.</summary>
    internal sealed record Open : StripeWord;

    internal static StripeWord Of(PaymentIntent intent) => intent.Status switch
    {
        Charging.IntentStatus.Succeeded => new Paid(intent),
        Charging.IntentStatus.RequiresAction => new NeedsMember(intent),
        Charging.IntentStatus.RequiresPaymentMethod => new Declined(intent.LastPaymentError),
        Charging.IntentStatus.Canceled => new Cancelled(),
        Charging.IntentStatus.RequiresConfirmation => new Untouched(),
        _ => new Open(),
    };
}
