namespace Stripe;

/// <summary>Why Stripe refused: the member <c>error</c> of its answer, or <c>last_payment_error</c> of an intent.</summary>
internal sealed class StripeError : StripeEntity
{
    public string? Type { get; set; }

    public string? Code { get; set; }

    public string? DeclineCode { get; set; }

    /// <summary>For card errors a sentence that may be shown to the payer.</summary>
    public string? Message { get; set; }

    /// <summary>Name of the parameter that was wrong.</summary>
    public string? Param { get; set; }
}
