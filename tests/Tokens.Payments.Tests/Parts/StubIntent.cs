namespace Tokens.Payments.Tests.Parts;

/// <summary>A payment intent of <see cref="StripeStub"/>.</summary>
internal sealed class StubIntent(string id, long amount, string paymentMethod, string purchaseId)
{
    public string Id { get; } = id;

    public long Amount { get; set; } = amount;

    /// <summary>What was received of it; all of it unless a test says otherwise.</summary>
    public long? AmountReceived { get; set; }

    public string PaymentMethod { get; } = paymentMethod;

    public string PurchaseId { get; } = purchaseId;

    public string Status { get; set; } = "requires_confirmation";

    /// <summary>Stripe's code and decline code of the refusal.</summary>
    public (string Code, string DeclineCode)? Error { get; set; }

    public object ToJson() => new
    {
        id = Id,
        @object = "payment_intent",
        amount = Amount,
        amount_received = Status == "succeeded" ? AmountReceived ?? Amount : 0,
        currency = "usd",
        status = Status,
        client_secret = Id + "_secret",
        created = 1_767_225_600,
        latest_charge = Status == "succeeded" ? "ch_" + Id : null,
        last_payment_error = Error is { } error ? ErrorJson(error) : null,
    };

    public object? ToErrorJson() => Error is { } error ? new { error = ErrorJson(error) } : null;

    private static object ErrorJson((string Code, string DeclineCode) error) => new
    {
        type = "card_error",
        code = error.Code,
        decline_code = error.DeclineCode,
        message = $"Refused: {error.DeclineCode}.",
    };
}
