using System.Net;

namespace Stripe;

/// <summary>Stripe answered, but not with what was asked for.</summary>
internal sealed class StripeException : Exception
{
    public StripeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    public StripeException(HttpStatusCode httpStatusCode, StripeError? stripeError, string? message)
        : base(message)
    {
        HttpStatusCode = httpStatusCode;
        StripeError = stripeError;
    }

    public HttpStatusCode HttpStatusCode { get; set; }

    /// <summary>Null when the answer wasn't in Stripe's shape, as from a proxy in between.</summary>
    public StripeError? StripeError { get; set; }

    public StripeResponse? StripeResponse { get; set; }
}
