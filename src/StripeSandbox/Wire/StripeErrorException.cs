namespace Tokens.StripeSandbox.Wire;

/// <summary>Refuses a request before it is executed: nothing is changed, and nothing is kept under its idempotency key.</summary>
internal sealed class StripeErrorException(StripeError error) : Exception(error.Message)
{
    internal StripeError Error { get; } = error;
}
