namespace Tokens.Analytics.Forecasts;

/// <summary>
/// How much a member spends on a day of spending: the mean, or a line through the logarithms where it certainly rises or falls.
/// </summary>
internal static class AmountModel
{
    // Below this many standard errors a slope is taken for chance.
    private const double SlopeErrorsMin = 3;

    private const int DaysForSlopeMin = 14;

    // Nobody's spending doubles in less than two weeks for long.
    private static readonly double DailyFactorMax = Math.Pow(2, 1 / 14.0);

    internal readonly record struct Amount(double Today, double DailyFactor, double Variation);

    /// <param name="tokensByDay">Tokens spent on each day, oldest first.</param>
    internal static Amount Fit(ReadOnlySpan<long> tokensByDay)
    {
        double count = 0, sum = 0, squares = 0, sumLog = 0, sumDay = 0;
        for (var day = 0; day < tokensByDay.Length; day++)
        {
            if (tokensByDay[day] > 0)
            {
                count++;
                sum += tokensByDay[day];
                squares += (double)tokensByDay[day] * tokensByDay[day];
                sumLog += Math.Log(tokensByDay[day]);
                sumDay += day;
            }
        }

        var mean = sum / count;
        // One amount says nothing about how much they vary; half is common.
        var variation = Math.Sqrt((Math.Max(0, squares / count - mean * mean) * count / (mean * mean) + 0.25) / count);
        if (count < DaysForSlopeMin)
        {
            return new(mean, 1, variation);
        }

        double dayDay = 0, dayLog = 0, logLog = 0;
        for (var day = 0; day < tokensByDay.Length; day++)
        {
            if (tokensByDay[day] > 0)
            {
                var (x, y) = (day - sumDay / count, Math.Log(tokensByDay[day]) - sumLog / count);
                dayDay += x * x;
                dayLog += x * y;
                logLog += y * y;
            }
        }

        var slope = dayLog / dayDay;
        var residual = Math.Max(1e-9, (logLog - slope * dayLog) / (count - 2));
        if (Math.Abs(slope) < SlopeErrorsMin * Math.Sqrt(residual / dayDay))
        {
            return new(mean, 1, variation);
        }

        var today = Math.Exp(sumLog / count + slope * (tokensByDay.Length - 1 - sumDay / count) + residual / 2);
        return new(today, Math.Min(Math.Exp(slope), DailyFactorMax), Math.Sqrt(Math.Exp(residual) - 1));
    }
}
