using Tokens.Platform.Inputs;

namespace Tokens.Payments.Purchases;

/// <summary>The fields that the ways to buy share.</summary>
internal static class PurchaseFields
{
    internal const string AmountTitle = "Invalid token amount";

    private static readonly TextRule PaymentMethodRule =
        new("paymentMethodId", "Invalid payment method", 255) { LengthMinimum = 1, AllowsControlCharacters = false };

    private static readonly WholeNumberRule PackageRule = new("tokenAmount", AmountTitle) { Aliases = ["amountTokens"] };

    /// <summary>
    /// How many tokens the package holds, which is one of those sold; whatever else the amount is, the refusal names those that are.
    /// </summary>
    internal static long ReadPackage(InputReader input)
    {
        var tokens = input.Body.RequiredWholeNumber(PackageRule);
        if (input.Options<PaymentsOptions>() is { } shop && shop.FindPackage(tokens) is null)
        {
            var amounts = shop.Packages.Select(sold => sold.Tokens).Order().ToArray();
            input.Fault("tokenAmount", AmountTitle, $"tokenAmount must be one of {string.Join(", ", amounts)}.");
            input.FaultMember("validAmounts", amounts);
        }

        return tokens;
    }

    internal static string ReadPaymentMethod(InputReader input) => input.Body.RequiredText(PaymentMethodRule);

    /// <summary>Refuses what would change the meaning of a purchase and isn't offered yet, since ignoring it would mislead.</summary>
    internal static void RefuseWhatIsNotOffered(InputReader input)
    {
        if (input.Has(input.Body, "giftRecipientId"))
        {
            input.Fault("giftRecipientId", "Gift purchases are not available", "Buy the tokens for yourself and gift them afterwards.");
        }
    }

    internal static bool ReadSaving(InputReader input) => input.Body.OptionalFlag("savePaymentMethod", "Invalid savePaymentMethod") == true;

    /// <summary>Null for the member's default one.</summary>
    internal static string? ReadSavedMethod(InputReader input) => input.Body.OptionalText(PaymentMethodRule);
}
