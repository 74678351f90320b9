namespace Tokens.Payments.Packages;

/// <summary>An amount of tokens that is sold at a price of its own.</summary>
internal sealed class TokenPackage
{
    /// <summary>1 to 10,000,000, no two packages alike.</summary>
    public long Tokens { get; set; }

    /// <summary>Price in US cents, 50 (Stripe's smallest charge) to 99,999,999 (its largest).</summary>
    public long AmountMinor { get; set; }

    /// <summary>Whether shops put it forward.</summary>
    public bool Popular { get; set; }
}
