using Tokens.Platform.Switches;

namespace Tokens.Payments;

/// <summary>What operations may switch off; purchases that have begun come to their end all the same.</summary>
internal static class PaymentsSwitches
{
    internal static readonly Switch Buying = new("buying", "Tokens can't be bought for now; nothing was charged.");

    internal static readonly Switch PayingOut = new("paying_out", "Nothing is paid out for now; your tokens stay where they are.");
}
