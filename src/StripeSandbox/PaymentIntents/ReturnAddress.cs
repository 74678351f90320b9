using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary>Where the payer goes on after authentication.</summary>
internal static class ReturnAddress
{
    /// <summary>The shop's address in <c>return_url</c>; of any scheme, as mobile applications have their own. Null when absent.</summary>
    internal static string? Read(Parameters parameters) => parameters.NonEmptyText("return_url") switch
    {
        null => null,

        // A bare path counts as a file's address on some systems.
        var text when Uri.TryCreate(text, UriKind.Absolute, out var url) && !url.IsFile => text,
        _ => throw new StripeErrorException(StripeError.InvalidRequest("Not a valid URL", "return_url", "url_invalid")),
    };

    /// <summary>The shop's address with what Stripe adds to it, in ASCII as a header needs it.</summary>
    internal static string Of(string returnUrl, PaymentIntent intent)
    {
        var url = new Uri(returnUrl);
        var builder = new UriBuilder(url) { Host = url.IdnHost };
        var status = intent.Status == PaymentIntentStatus.Succeeded ? "succeeded" : "failed";
        var own = builder.Query.Length > 1 ? builder.Query + "&" : "?";
        builder.Query =
            $"{own}payment_intent={intent.Id}&payment_intent_client_secret={intent.ClientSecret}&redirect_status={status}";
        return builder.Uri.AbsoluteUri;
    }
}
