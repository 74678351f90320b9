namespace Tokens.Wallet.Contracts;

/// <summary>What a token is worth where tokens are shown or sold in US dollars.</summary>
/// <param name="AmountMinor">Whole cents a token, 1 to 1,000.</param>
public sealed record TokenValue(long AmountMinor)
{
    /// <summary>US dollars a token.</summary>
    public decimal Usd => UsdOf(1);

    /// <summary>US dollars of that many tokens, computed from whole cents: at most two decimals.</summary>
    /// <exception cref="OverflowException">More cents than a <see cref="long"/> holds.</exception>
    public decimal UsdOf(long tokens) => checked(tokens * AmountMinor) / 100m;
}
