using System.Net;
using Polly;
using Stripe;

namespace Tokens.Payments.Charging;

/// <summary>What a failed call says about itself.</summary>
internal static class StripeFaults
{
    /// <summary>The call may be repeated as it is, under its key: no answer, another call in progress, or too many calls.</summary>
    internal static bool MayRepeat(Exception fault) =>
        IsUnanswered(fault) || fault is StripeException { HttpStatusCode: HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests };

    /// <summary>
    /// The fault of an answer that isn't Stripe's or can't be read. Stripe.net quotes such an answer, which may hold a client secret, and
    /// faults are logged.
    /// </summary>
    internal static StripeException UnreadableAnswer(HttpStatusCode status, StripeResponse? response) =>
        new(status, stripeError: null, "Stripe's answer could not be read.") { StripeResponse = response };

    /// <summary>Stripe's own failure, whose answer it may have stored under the key, and which says nothing about the effect.</summary>
    internal static bool IsServerError(Exception fault) =>
        fault is StripeException stripe && ((int)stripe.HttpStatusCode >= 500 || IsUnreadableAnswer(stripe));

    /// <summary>The key is spent: Stripe holds a failure or other parameters under it, and a repeat would get that again.</summary>
    internal static bool IsKeySpent(Exception fault) =>
        IsServerError(fault)
        || fault is StripeException { HttpStatusCode: HttpStatusCode.BadRequest, StripeError.Type: "idempotency_error" };

    /// <summary>The intent is past what was asked of it: its present state tells the outcome.</summary>
    internal static bool IsUnexpectedState(Exception fault) =>
        fault is StripeException { StripeError.Code: "payment_intent_unexpected_state" };

    /// <summary>The card was refused.</summary>
    internal static bool IsCardError(Exception fault) => fault is StripeException { StripeError.Type: "card_error" };

    /// <summary>The card's holder has to be there.</summary>
    internal static bool NeedsHolder(StripeException fault) => fault.StripeError?.Code == "authentication_required";

    /// <summary>
    /// The member's input is invalid. All other parameters are this product's own, so a refusal that names none of them means the
    /// payment method.
    /// </summary>
    internal static bool IsInvalidPaymentMethod(Exception fault) =>
        fault is StripeException
        {
            HttpStatusCode: HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.PaymentRequired,
            StripeError: { Type: "invalid_request_error" } error,
        }
        && !IsUnexpectedState(fault)
        && (error.Param is null || error.Param.StartsWith("payment_method", StringComparison.Ordinal) || IsCustomerMissing(fault));

    /// <summary>
    /// Stripe has no customer of the id that the call named: it was deleted, or belongs to another account or mode. The payment methods
    /// kept for it can't be used either.
    /// </summary>
    internal static bool IsCustomerMissing(Exception fault) => IsMissing(fault, "customer");

    /// <summary>The object after which a page of a list was to begin is not in the list any more.</summary>
    internal static bool IsCursorMissing(Exception fault) => IsMissing(fault, "starting_after");

    /// <summary>Stripe can't be worked with now: unreachable, failing, busy, or it refuses this installation's key.</summary>
    internal static bool IsAway(Exception fault) =>
        MayRepeat(fault) || IsKeySpent(fault)
        || fault is StripeException { HttpStatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden };

    private static bool IsMissing(Exception fault, string param) =>
        fault is StripeException { StripeError: { Type: "invalid_request_error", Code: "resource_missing" } error } && error.Param == param;

    // Timeouts, and calls that an open breaker kept from being made; one given up by its caller is an OperationCanceledException and
    // no fault of Stripe's.
    private static bool IsUnanswered(Exception fault) => fault is HttpRequestException or IOException or ExecutionRejectedException;

    private static bool IsUnreadableAnswer(StripeException fault) => (int)fault.HttpStatusCode is >= 200 and < 300;
}
