using System.Collections.Frozen;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Stripe;

namespace Tokens.Payments.Charging;

/// <summary>How a call to Stripe ended, in words of which there are few: each becomes a tag of a metric.</summary>
internal static class StripeOutcome
{
    internal const string Answered = "answered";

    private const string Other = "other";

    private static readonly FrozenSet<string> Types = FrozenSet.Create(
        StringComparer.Ordinal, "api_error", "card_error", "idempotency_error", "invalid_request_error");

    private static readonly FrozenSet<string> Codes = FrozenSet.Create(
        StringComparer.Ordinal,
        "authentication_required", "card_declined", "expired_card", "incorrect_cvc", "incorrect_number", "insufficient_funds", "lock_timeout",
        "payment_intent_authentication_failure", "payment_intent_unexpected_state", "payment_method_unactivated", "processing_error",
        "rate_limit", "resource_missing", "setup_intent_unexpected_state");

    internal static string Of(Exception fault) => fault switch
    {
        StripeException stripe when StripeFaults.IsCardError(stripe) => "card_error",
        StripeException stripe when StripeFaults.IsServerError(stripe) => "server_error",
        StripeException { HttpStatusCode: System.Net.HttpStatusCode.TooManyRequests } => "rate_limited",
        StripeException => "refused",
        BrokenCircuitException => "breaker_open",
        StripeBudgetException => "over_budget",
        TimeoutRejectedException => "timeout",
        OperationCanceledException => "cancelled",
        _ => "unreachable",
    };

    internal static (string Type, string Code) ErrorOf(StripeException fault) =>
        (Known(Types, fault.StripeError?.Type), fault.StripeError?.Code is null ? "none" : Known(Codes, fault.StripeError.Code));

    private static string Known(FrozenSet<string> known, string? word) => word is not null && known.Contains(word) ? word : Other;
}
