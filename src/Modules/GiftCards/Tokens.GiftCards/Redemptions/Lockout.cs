namespace Tokens.GiftCards.Redemptions;

/// <summary>Somebody has to wait.</summary>
/// <param name="Left">How long.</param>
/// <param name="FailuresMax">The bound that was passed.</param>
/// <param name="Window">The window of the bound.</param>
internal sealed record Lockout(TimeSpan Left, int FailuresMax, TimeSpan Window);
