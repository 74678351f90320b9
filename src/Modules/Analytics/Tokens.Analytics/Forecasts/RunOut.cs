namespace Tokens.Analytics.Forecasts;

/// <summary>When a balance will be spent: the chance of each day, from how many days of spending there will be and what they cost.</summary>
internal static class RunOut
{
    private const double OwnDayWeight = 0.1;

    // Counts of days that are less likely change no chance in a visible digit.
    private const double CountLikelihoodMin = 1e-12;

    /// <summary>The chance that a balance is spent by the end of each of the days to come; never falls from day to day.</summary>
    /// <param name="forecast">What is spent on those days.</param>
    /// <param name="balanceTokens">The balance, 0 or more.</param>
    internal static double[] ChanceByDay(SpendingForecast forecast, long balanceTokens)
    {
        var chances = forecast.Chances;
        var byCount = new double[chances.Count + 1];
        byCount[0] = 1;
        var spent = new double[chances.Count];
        var sums = SumsOf(chances.Count, forecast.Variation);
        var logBalance = Math.Log(balanceTokens);
        double expected = 0, active = 0, so = 0;
        for (var day = 0; day < chances.Count; day++)
        {
            for (var count = day + 1; count >= 0; count--)
            {
                byCount[count] = byCount[count] * (1 - chances[day]) + (count > 0 ? byCount[count - 1] * chances[day] : 0);
            }

            active += chances[day];
            expected += forecast.Expected[day];
            var logMean = Math.Log(active > 0 ? expected / active : 0);
            var chance = 0.0;
            for (var count = balanceTokens == 0 ? 0 : 1; count <= day + 1; count++)
            {
                if (byCount[count] > CountLikelihoodMin)
                {
                    chance += byCount[count] * (balanceTokens == 0 ? 1 : sums[count].ChanceOfAtLeast(logBalance, logMean));
                }
            }

            spent[day] = so = Math.Clamp(chance, so, 1);
        }

        return spent;
    }

    /// <summary>
    /// The day, 1 for tomorrow, about which the run-out is likeliest to lie, give or take one, with that likelihood; null where it more
    /// likely lies beyond the days that are forecast.
    /// </summary>
    internal static (int Day, double Likelihood)? LikeliestDay(IReadOnlyList<double> chanceByDay)
    {
        if (chanceByDay.Count == 0 || chanceByDay[^1] < 0.5)
        {
            return null;
        }

        // Of days that are about as good, the one that is likeliest by itself.
        return Enumerable.Range(1, chanceByDay.Count)
            .Select(day => (Day: day, Likelihood: Between(chanceByDay, day - 1, day + 1), Own: Between(chanceByDay, day, day)))
            .MaxBy(each => each.Likelihood + OwnDayWeight * each.Own) is var best
            ? (best.Day, best.Likelihood)
            : null;
    }

    private static double Between(IReadOnlyList<double> chanceByDay, int first, int last) =>
        chanceByDay[Math.Min(last, chanceByDay.Count) - 1] - (first >= 2 ? chanceByDay[first - 2] : 0);

    // By the count of amounts, from 1 on.
    private static SumOfAmounts[] SumsOf(int countMax, double variation)
    {
        var sums = new SumOfAmounts[countMax + 1];
        for (var count = 1; count <= countMax; count++)
        {
            var variance = Math.Log(1 + variation * variation / count);
            sums[count] = new SumOfAmounts(Math.Log(count) - variance / 2, Math.Sqrt(variance));
        }

        return sums;
    }

    // The sum of some log-normal amounts is taken for log-normal too, with the sum's mean and variance (Fenton and Wilkinson).
    private readonly record struct SumOfAmounts(double Location, double Deviation)
    {
        internal double ChanceOfAtLeast(double logBalance, double logMean) => 1 - Normal((logBalance - logMean - Location) / Deviation);
    }

    // The normal distribution by Zelen and Severo's polynomial, right to 7 digits.
    private static double Normal(double x)
    {
        var t = 1 / (1 + 0.2316419 * Math.Abs(x));
        var tail = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x > 0 ? 1 - tail : tail;
    }
}
