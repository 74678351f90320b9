namespace Tokens.Analytics.Forecasts;

/// <summary>Predicts when a balance is used up and which package suits; pure, so that the back-test takes the same way as a request.</summary>
internal static class RefillPredictor
{
    private const int DaysAWeek = 7;
    private const int TrendDays = 14;
    private const int DaysUntilEmptyMax = 365;

    // A history that is shorter, or has fewer days of spending, bears no confidence.
    private const int ConfidentFromDays = 14;
    private const int ConfidentFromActiveDays = 3;

    // The largest package that a member is recommended who has never spent.
    private const long FirstPackageMax = 1_000;

    /// <param name="patterns">The member's spending.</param>
    /// <param name="balance">The balance, in tokens.</param>
    /// <param name="threshold">The balance below which the member wants a refill.</param>
    /// <param name="packages">What can be bought, smallest first; at least one.</param>
    /// <param name="options">How far to look.</param>
    internal static RefillPrediction Predict(
        SpendingPatterns patterns, long balance, long threshold, IReadOnlyList<long> packages, ForecastOptions options)
    {
        if (!patterns.HasSpent || patterns.CompleteDays.Count == 0)
        {
            return OfNewMember(balance, packages);
        }

        var forecast = ForecastOf(patterns, options.HorizonDays);
        var (days, confidence) = RunOutOf(patterns, forecast, balance);
        var cover = forecast.Expected.Take(options.CoverDays).Sum();
        return new RefillPrediction(
            days,
            Math.Round(patterns.DailyAverage, 2),
            (long)Math.Round(forecast.Expected.Take(DaysAWeek).Sum()),
            packages.Where(package => package >= cover - balance).DefaultIfEmpty(packages[^1]).First(),
            confidence,
            TrendOf(patterns.CompleteDays),
            days switch { <= 2 => Urgency.High, <= DaysAWeek => Urgency.Medium, _ => Urgency.Low },
            days switch { <= 1 => Risk.Critical, <= 3 => Risk.High, <= DaysAWeek => Risk.Medium, _ => Risk.Low },
            RefillTriggers.Of(patterns, forecast, balance, threshold, days, options));
    }

    internal static SpendingForecast ForecastOf(SpendingPatterns patterns, int days)
    {
        long[] history = [.. patterns.CompleteDays];
        var last = patterns.IsTodayOpen ? patterns.Now.AddDays(-1) : patterns.Now;
        return SpendingForecast.From(history, last.DayOfWeek, patterns.IsTodayGiven, days);
    }

    /// <summary>Days until the balance is used up, and how sure that is.</summary>
    internal static (int Days, Confidence Confidence) RunOutOf(SpendingPatterns patterns, SpendingForecast forecast, long balance)
    {
        // The first day that is forecast is today, or tomorrow when today has had its spending.
        var first = patterns.IsTodayOpen ? 0 : 1;
        if (balance <= 0)
        {
            return (0, Confidence.High);
        }

        if (RunOut.LikeliestDay(RunOut.ChanceByDay(forecast, balance)) is not { } likeliest)
        {
            return (Beyond(forecast, balance), Confidence.Low);
        }

        var isShort = patterns.CompleteDays.Count < ConfidentFromDays || patterns.CompleteDays.Count(tokens => tokens > 0) < ConfidentFromActiveDays;
        var confidence = isShort ? Confidence.Low : likeliest.Likelihood switch
        {
            > 0.8 => Confidence.High,
            > 0.55 => Confidence.Medium,
            _ => Confidence.Low,
        };
        return (likeliest.Day - 1 + first, confidence);
    }

    private static RefillPrediction OfNewMember(long balance, IReadOnlyList<long> packages) => new(
        null,
        0,
        0,
        packages.Where(package => package <= FirstPackageMax).DefaultIfEmpty(packages[0]).Max(),
        Confidence.Low,
        Trend.Steady,
        Urgency.Low,
        balance switch { < 200 => Risk.High, < 1_000 => Risk.Medium, _ => Risk.Low },
        [RefillTriggers.NewUser]);

    // After the days that are forecast it goes on as in the last week of them.
    private static int Beyond(SpendingForecast forecast, long balance)
    {
        var left = balance - forecast.Expected.Sum();
        var aDay = forecast.Expected.TakeLast(DaysAWeek).Average();
        return left >= aDay * DaysUntilEmptyMax ? DaysUntilEmptyMax
            : Math.Min(DaysUntilEmptyMax, forecast.Expected.Count + (int)Math.Max(0, Math.Ceiling(left / aDay)));
    }

    private static Trend TrendOf(IReadOnlyList<long> days)
    {
        if (days.Count < 2 * TrendDays)
        {
            return Trend.Steady;
        }

        var (recent, before) = (days.TakeLast(TrendDays).Sum(), days.SkipLast(TrendDays).TakeLast(TrendDays).Sum());
        return recent > before * 1.2 ? Trend.Increasing : recent < before * 0.8 ? Trend.Decreasing : Trend.Steady;
    }
}
