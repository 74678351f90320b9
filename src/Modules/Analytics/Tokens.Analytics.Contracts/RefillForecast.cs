namespace Tokens.Analytics.Contracts;

/// <summary>A forecast for one member.</summary>
/// <param name="DaysUntilEmpty">Days until the balance is used up, 0 for today; null for a member who has never spent.</param>
/// <param name="RecommendedTokens">The package that suits; always one that can be bought.</param>
/// <param name="Triggers">Why a refill is due now, under the names of the wire; empty when it isn't.</param>
public sealed record RefillForecast(int? DaysUntilEmpty, long RecommendedTokens, IReadOnlyList<string> Triggers);
