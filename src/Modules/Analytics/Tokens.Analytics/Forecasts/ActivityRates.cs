namespace Tokens.Analytics.Forecasts;

/// <summary>
/// Rates of spending from the days counted so far: the same every day, by day of the week, or by whether something was spent on the day
/// before, whichever of the three explains those days best for the number of rates it needs (BIC).
/// </summary>
/// <param name="firstDay">Day of the week of day 0.</param>
internal sealed class ActivityRates(DayOfWeek firstDay)
{
    // Keeps a short history from being certain. A rare spender's history holds one or two events, beside which the prior's tenth of an event weighs little.
    private const double PriorRate = 0.2;
    private const double PriorDays = 0.5;

    // Draws the rates of single weekdays, and of days after idle and active ones, to the overall rate.
    private const double PriorDaysOfParts = 1;

    private const int DaysAWeek = 7;

    private Rate[] _weekdays = new Rate[DaysAWeek];
    private Rate _all;
    private Rate _afterIdle;
    private Rate _afterActive;
    private Model _model = Model.Constant;

    private enum Model
    {
        Constant,
        Weekly,
        Sticky,
    }

    /// <summary>Returns a copy that counts independently.</summary>
    internal ActivityRates Copy()
    {
        var copy = (ActivityRates)MemberwiseClone();
        copy._weekdays = [.. _weekdays];
        return copy;
    }

    /// <summary>Counts a day.</summary>
    /// <param name="day">The day's number, 0 or more.</param>
    /// <param name="isHit">Whether something was spent.</param>
    /// <param name="isAfterActive">Whether something was spent on the day before.</param>
    /// <param name="weight">The probability that the member was present, 0 to 1.</param>
    internal void Count(int day, bool isHit, bool isAfterActive, double weight)
    {
        _all.Count(isHit, weight);
        _weekdays[Weekday(day)].Count(isHit, weight);
        (isAfterActive ? ref _afterActive : ref _afterIdle).Count(isHit, weight);
    }

    /// <summary>Chooses the model by the days counted so far.</summary>
    internal void ChooseModel()
    {
        var penalty = Math.Log(Math.Max(2, _all.Days)) / 2;
        var constant = _all.LogLikelihood() - penalty;
        var weekly = -DaysAWeek * penalty;
        foreach (var rate in _weekdays)
        {
            weekly += rate.LogLikelihood();
        }

        var sticky = _afterIdle.LogLikelihood() + _afterActive.LogLikelihood() - 2 * penalty;
        _model = weekly > constant && weekly >= sticky ? Model.Weekly : sticky > constant ? Model.Sticky : Model.Constant;
    }

    /// <summary>Returns the chance that a member who is present spends on a day.</summary>
    /// <param name="day">The day's number, 0 or more.</param>
    /// <param name="wasActive">The chance of spending on the day before.</param>
    internal double Chance(int day, double wasActive)
    {
        var overall = _all.Estimate(PriorRate, PriorDays);
        return _model switch
        {
            Model.Weekly => _weekdays[Weekday(day)].Estimate(overall, PriorDaysOfParts),
            Model.Sticky => wasActive * _afterActive.Estimate(overall, PriorDaysOfParts)
                + (1 - wasActive) * _afterIdle.Estimate(overall, PriorDaysOfParts),
            _ => overall,
        };
    }

    private int Weekday(int day) => ((int)firstDay + day) % DaysAWeek;

    private struct Rate
    {
        private double _hits;

        internal double Days { get; private set; }

        internal void Count(bool isHit, double weight)
        {
            _hits += isHit ? weight : 0;
            Days += weight;
        }

        internal readonly double Estimate(double prior, double priorDays) => (_hits + prior * priorDays) / (Days + priorDays);

        internal readonly double LogLikelihood()
        {
            if (_hits == 0 || _hits == Days)
            {
                return 0;
            }

            var rate = _hits / Days;
            return _hits * Math.Log(rate) + (Days - _hits) * Math.Log(1 - rate);
        }
    }
}
