namespace Tokens.GiftCards.Redemptions;

/// <summary>How often somebody has tried codes in vain since a moment.</summary>
internal sealed class RedeemFailure
{
    /// <summary>A member or a network: <see cref="RedeemAttempt"/>.</summary>
    public required string Subject { get; init; }

    public required int Failures { get; init; }

    /// <summary>Milliseconds since 1970, since one hand-written statement serves both providers.</summary>
    public required long WindowStartedMs { get; init; }
}
