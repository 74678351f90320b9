using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentMethods;

/// <summary>
/// The types of payment methods that an intent allows: of the present parameter's those that can't be offered are passed over, of the
/// former one's they are refused.
/// </summary>
internal static class AllowedTypes
{
    internal const string Name = "allowed_payment_method_types";
    internal const string FormerName = "payment_method_types";

    private const string Card = "card";

    /// <summary>The parameter by which they were given; null when they weren't.</summary>
    internal static string? Read(Parameters parameters)
    {
        if (parameters.Has(Name) && parameters.Has(FormerName))
        {
            throw new StripeErrorException(StripeError.InvalidRequest(
                $"You may only specify one of these parameters: {Name}, {FormerName}.", Name));
        }

        var name = parameters.Has(Name) ? Name : FormerName;
        var types = parameters.Texts(name);
        if (types.FirstOrDefault(type => type != Card) is { } other && (name == FormerName || !types.Contains(Card)))
        {
            throw new StripeErrorException(StripeError.InvalidRequest(
                $"The payment method type \"{other}\" is invalid: the sandbox takes cards only.", name));
        }

        return types.Count > 0 ? name : null;
    }
}
