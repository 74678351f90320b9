namespace Tokens.StripeSandbox.TestCards;

/// <summary>Why a charge is refused, as Stripe words it to the caller.</summary>
internal sealed record CardDecline(string Code, string DeclineCode, string Message)
{
    internal static readonly CardDecline AuthenticationRequired = new(
        "authentication_required", "authentication_required", "Your card was declined. This transaction requires authentication.");

    internal static CardDecline Declined(string declineCode, string message = "Your card was declined.") =>
        new("card_declined", declineCode, message);

    internal static CardDecline Of(string code, string message) => new(code, code, message);
}
