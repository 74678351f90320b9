using System.Diagnostics;

namespace Tokens.Wallet;

/// <summary>Where the module's spans come from.</summary>
internal static class WalletSpans
{
    internal static readonly ActivitySource Source = new(WalletMetrics.MeterName);
}
