namespace Tokens.Analytics.Forecasts;

/// <summary>When a balance will be used up, and what to do about it.</summary>
/// <param name="DaysUntilEmpty">0 for today; null for a member who has never spent.</param>
/// <param name="AvgDailySpending">Tokens a day, over the last 30 days or since the first spending.</param>
/// <param name="WeeklySpending">Tokens expected in the next seven days.</param>
/// <param name="RecommendedRefill">A package that can be bought, in tokens.</param>
internal sealed record RefillPrediction(
    int? DaysUntilEmpty,
    double AvgDailySpending,
    long WeeklySpending,
    long RecommendedRefill,
    Confidence Confidence,
    Trend Trend,
    Urgency Urgency,
    Risk RiskLevel,
    IReadOnlyList<RefillTrigger> Triggers);

/// <summary>One reason to refill.</summary>
internal sealed record RefillTrigger(string Type, string Message, Urgency Severity, string RecommendedAction);

internal enum Confidence
{
    Low,
    Medium,
    High,
}

internal enum Trend
{
    Increasing,
    Steady,
    Decreasing,
}

internal enum Urgency
{
    Low,
    Medium,
    High,
}

internal enum Risk
{
    Low,
    Medium,
    High,
    Critical,
}
