using Microsoft.AspNetCore.Http;

namespace Tokens.StripeSandbox.Wire;

internal static class UnrecognizedUrl
{
    internal static Task Handle(HttpContext context) => throw new StripeErrorException(StripeError.InvalidRequest(
        $"Unrecognized request URL ({context.Request.Method}: {context.Request.Path.Value}). " +
        "Please see https://stripe.com/docs or we can help at https://support.stripe.com/.",
        status: StatusCodes.Status404NotFound));
}
