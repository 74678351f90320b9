namespace Tokens.Analytics.Tests.Forecasts.Fans;

/// <summary>Whole tokens of a drawn amount.</summary>
internal static class WholeTokens
{
    /// <summary>Rounded, and at least one: whoever spends spends something.</summary>
    internal static long Of(double amount) => Math.Max(1, (long)Math.Round(amount));
}
