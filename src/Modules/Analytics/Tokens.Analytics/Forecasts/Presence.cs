namespace Tokens.Analytics.Forecasts;

/// <summary>
/// The probability that a member still spends. A member may leave on any day and return on any later one; the longer a silence is
/// compared with the usual ones, the likelier the member has left. After a day of spending the member is present.
/// </summary>
internal struct Presence
{
    private const double LeavingADay = 0.003;
    private const double ReturningADay = 0.006;

    private double _absence;

    /// <summary>The probability that the member is present.</summary>
    internal readonly double Probability => 1 - _absence;

    /// <summary>Takes one more day without spending into account.</summary>
    /// <param name="chance">The chance that a member who is present spends on that day.</param>
    internal void ObserveIdle(double chance)
    {
        var absent = _absence * (1 - ReturningADay) + Probability * LeavingADay;
        _absence = absent / (absent + (1 - absent) * (1 - chance));
    }

    /// <summary>
    /// Returns the probability that the member is absent now and returns within so many days. Leaving in those days is not considered:
    /// a forecast is for the next weeks, in which few leave.
    /// </summary>
    internal readonly double ReturnedWithin(int days) => _absence * (1 - Math.Pow(1 - ReturningADay, days));
}
