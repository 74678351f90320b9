namespace Tokens.Analytics.Tests.Forecasts.Fans;

/// <summary>A habit with one fan's parameters, and that fan's hidden state.</summary>
internal interface IHabit
{
    /// <summary>Tokens spent on the next day.</summary>
    long Spend(DateOnly day, Noise noise);

    /// <summary>The mean of what will be spent <paramref name="ahead"/> days after the last one spent, given the state now.</summary>
    double Expect(DateOnly day, int ahead);
}
