namespace Tokens.StripeSandbox.PaymentIntents;

internal enum PaymentIntentStatus
{
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Succeeded,
    Canceled,
}

/// <summary>The state of a PaymentIntent. Amounts in the currency's minor unit, times in whole seconds since 1970.</summary>
internal sealed record PaymentIntent
{
    public required string Id { get; init; }

    public required string ClientSecret { get; init; }

    public required long Created { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required PaymentIntentStatus Status { get; init; }

    /// <summary>The customer who pays.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Null after a decline, which sends the payer back to choosing one.</summary>
    public string? PaymentMethodId { get; init; }

    public string? LatestChargeId { get; init; }

    public PaymentError? LastPaymentError { get; init; }

    public NextAction? NextAction { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public string? Description { get; init; }

    public string? ReceiptEmail { get; init; }

    public string? SetupFutureUsage { get; init; }

    public string? StatementDescriptor { get; init; }

    public string? StatementDescriptorSuffix { get; init; }

    /// <summary>Null unless the caller asked for it instead of naming types.</summary>
    public AutomaticPaymentMethods? AutomaticPaymentMethods { get; init; }

    public string CaptureMethod { get; init; } = "automatic_async";

    public long? CanceledAt { get; init; }

    public string? CancellationReason { get; init; }
}

internal sealed record AutomaticPaymentMethods(bool Enabled, string AllowRedirects);

/// <summary>Where the payer authenticates; <paramref name="ReturnUrl"/> is null when Stripe.js takes the payer there.</summary>
internal sealed record NextAction(string Url, string? ReturnUrl);

/// <summary>Why the latest attempt failed.</summary>
internal sealed record PaymentError(
    string Type, string Code, string? DeclineCode, string Message, string? ChargeId, string PaymentMethodId);
