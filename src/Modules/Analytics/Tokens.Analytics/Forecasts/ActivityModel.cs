namespace Tokens.Analytics.Forecasts;

/// <summary>
/// How likely a member is to spend on each of the days to come: the same every day, by day of the week, or by whether the day before
/// was one, whichever of the three explains the days so far best for what it needs to know (BIC).
/// </summary>
internal static class ActivityModel
{
    // What one day more would say; it keeps a short history from being certain.
    private const double PriorDays = 1;

    /// <summary>The chance of spending on each of the next days.</summary>
    /// <param name="isActive">Each day so far, oldest first, without the idle days at the end.</param>
    /// <param name="idleDays">The idle days at the end.</param>
    /// <param name="firstDay">Day of the week of the first.</param>
    /// <param name="days">Days wanted.</param>
    internal static double[] Predict(ReadOnlySpan<bool> isActive, int idleDays, DayOfWeek firstDay, int days)
    {
        var all = new Rate();
        var weekdays = new Rate[7];
        var afterIdle = new Rate();
        var afterActive = new Rate();
        for (var day = 0; day < isActive.Length; day++)
        {
            all.Count(isActive[day]);
            weekdays[Weekday(firstDay, day)].Count(isActive[day]);
            if (day > 0)
            {
                (isActive[day - 1] ? ref afterActive : ref afterIdle).Count(isActive[day]);
            }
        }

        var overall = all.Estimate(0.5, PriorDays);
        var penalty = Math.Log(Math.Max(2, isActive.Length));
        var constant = all.LogLikelihood() - penalty / 2;
        var weekly = weekdays.Sum(rate => rate.LogLikelihood()) - 7 * penalty / 2;
        var sticky = afterIdle.LogLikelihood() + afterActive.LogLikelihood() - 2 * penalty / 2;

        var isWeekly = weekly > constant && weekly >= sticky;
        var isSticky = !isWeekly && sticky > constant;
        var (fromIdle, fromActive) = (afterIdle.Estimate(overall, PriorDays), afterActive.Estimate(overall, PriorDays));
        double Chance(int day, double wasActive) =>
            isWeekly ? weekdays[Weekday(firstDay, day)].Estimate(overall, PriorDays)
            : isSticky ? wasActive * fromActive + (1 - wasActive) * fromIdle
            : overall;

        var silence = 1.0;
        for (var idle = 0; idle < idleDays; idle++)
        {
            silence *= 1 - Chance(isActive.Length + idle, idle == 0 ? 1 : 0);
        }

        var isBack = ChanceToBeBack(silence, idleDays);
        var chances = new double[days];
        var previous = idleDays == 0 ? 1.0 : 0.0;
        for (var ahead = 0; ahead < days; ahead++)
        {
            previous = Chance(isActive.Length + idleDays + ahead, previous);
            chances[ahead] = previous * isBack;
        }

        return chances;
    }

    // A member may have left for good on any day; the longer the silence beside what is usual, the likelier that is what happened.
    private static double ChanceToBeBack(double silence, int idleDays)
    {
        const double leavingADay = 0.005;
        return silence / (silence + leavingADay * idleDays);
    }

    private static int Weekday(DayOfWeek firstDay, int day) => ((int)firstDay + day) % 7;

    private struct Rate
    {
        private int _hits;
        private int _days;

        internal void Count(bool isHit)
        {
            _hits += isHit ? 1 : 0;
            _days++;
        }

        internal readonly double Estimate(double prior, double priorDays) => (_hits + prior * priorDays) / (_days + priorDays);

        internal readonly double LogLikelihood()
        {
            if (_hits == 0 || _hits == _days)
            {
                return 0;
            }

            var rate = _hits / (double)_days;
            return _hits * Math.Log(rate) + (_days - _hits) * Math.Log(1 - rate);
        }
    }
}
