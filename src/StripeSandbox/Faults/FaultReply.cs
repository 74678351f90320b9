using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Faults;

/// <summary>What a request is told that goes wrong on purpose.</summary>
internal static class FaultReply
{
    internal static StripeErrorException RateLimited => new(StripeError.InvalidRequest(
        "Request rate limit exceeded, as /sandbox/faults asked for. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
        code: "rate_limit",
        status: 429));

    internal static StripeErrorException NothingDone => new(Failure);

    private static StripeError Failure => new(500, "api_error", "An unknown error occurred, as /sandbox/faults asked for.");

    /// <summary>Does what <paramref name="handler"/> does and says that it failed.</summary>
    internal static StripeHandler AfterEffect(StripeHandler handler) => (request, session) =>
    {
        handler(request, session);
        return StripeReply.Of(Failure);
    };
}
