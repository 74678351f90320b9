namespace Tokens.Analytics.Forecasts;

/// <summary>
/// The chance that a member spends on each of the days to come. The days so far choose the model and its rates
/// (<see cref="ActivityRates"/>); the silence at the end decides whether the member is still there (<see cref="Presence"/>).
/// </summary>
internal static class ActivityModel
{
    /// <summary>Returns the chance of spending on each of the next days.</summary>
    /// <param name="isActive">Each day from the first to the last day of spending, oldest first.</param>
    /// <param name="idleDays">The idle days at the end.</param>
    /// <param name="firstDay">Day of the week of the first.</param>
    /// <param name="isLastGiven">Whether the last day of spending is in the history only because of its spending.</param>
    /// <param name="days">Days wanted.</param>
    internal static double[] Predict(ReadOnlySpan<bool> isActive, int idleDays, DayOfWeek firstDay, bool isLastGiven, int days)
    {
        // The history begins with a day of spending at any rate of spending: that day is its condition and no evidence of the rate.
        var rates = new ActivityRates(firstDay);
        for (var day = 1; day < isActive.Length - (isLastGiven ? 1 : 0); day++)
        {
            rates.Count(day, isActive[day], isActive[day - 1], weight: 1);
        }

        rates.ChooseModel();

        // For a member who is present, each day of the silence was a chance to spend; for one who left, only its beginning was.
        var ratesOnReturn = rates.Copy();
        var presence = new Presence();
        for (var idle = 0; idle < idleDays; idle++)
        {
            var (day, isAfterActive) = (isActive.Length + idle, idle == 0);
            presence.ObserveIdle(rates.Chance(day, isAfterActive ? 1 : 0));
            rates.Count(day, isHit: false, isAfterActive, weight: 1);
            ratesOnReturn.Count(day, isHit: false, isAfterActive, presence.Probability);
        }

        var chances = new double[days];
        var (previous, previousOnReturn) = (idleDays == 0 ? 1.0 : 0.0, 0.0);
        for (var ahead = 0; ahead < days; ahead++)
        {
            var day = isActive.Length + idleDays + ahead;
            previous = rates.Chance(day, previous);
            previousOnReturn = ratesOnReturn.Chance(day, previousOnReturn);
            chances[ahead] = presence.Probability * previous + presence.ReturnedWithin(ahead + 1) * previousOnReturn;
        }

        return chances;
    }
}
