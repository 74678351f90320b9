using Tokens.Platform.Inputs;

namespace Tokens.Wallet.Ledger;

/// <summary>Fields that several money routes share.</summary>
internal static class MoneyRules
{
    internal static readonly WholeNumberRule AmountTokens = new("amountTokens", "Invalid token amount")
    {
        Aliases = ["tokenAmount", "amount"],
        Sentence = "The amount must be a whole number of tokens, at least 1.",
    };

    internal static readonly TextRule Channel = new("channel", "Invalid channel format", 100) { AllowsControlCharacters = false };
}
