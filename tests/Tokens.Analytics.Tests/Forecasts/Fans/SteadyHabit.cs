namespace Tokens.Analytics.Tests.Forecasts.Fans;

/// <summary>Each day by itself: spends with a chance, and then an amount around a mean. Both may change from day to day.</summary>
/// <param name="meanTokens">The mean amount of a day on which the fan spends.</param>
/// <param name="variation">The amount's standard deviation as a part of its mean.</param>
/// <param name="chance">The chance of spending, by day of the week.</param>
/// <param name="dailyFactor">What the mean is multiplied by from one day to the next; 1 stays.</param>
internal sealed class SteadyHabit(double meanTokens, double variation, Func<DayOfWeek, double> chance, double dailyFactor = 1) : IHabit
{
    private double _mean = meanTokens;

    public long Spend(DateOnly day, Noise noise)
    {
        var tokens = noise.Happens(chance(day.DayOfWeek)) ? WholeTokens.Of(noise.LogNormal(_mean, variation)) : 0;
        _mean *= dailyFactor;
        return tokens;
    }

    public double Expect(DateOnly day, int ahead) => chance(day.DayOfWeek) * _mean * Math.Pow(dailyFactor, ahead - 1);
}
