namespace Tokens.Analytics.Tests.Forecasts.Fans;

/// <summary>As before until a day, nothing after it, until chance brings the fan back for good.</summary>
internal sealed class LapsedHabit(IHabit before, DateOnly lastDay, double chanceToReturn) : IHabit
{
    private bool _isBack;

    public long Spend(DateOnly day, Noise noise)
    {
        if (day > lastDay && !_isBack)
        {
            _isBack = noise.Happens(chanceToReturn);
        }

        // Also drawn while away, so that the noise of other days stays what it is.
        var tokens = before.Spend(day, noise);
        return day <= lastDay || _isBack ? tokens : 0;
    }

    public double Expect(DateOnly day, int ahead) =>
        before.Expect(day, ahead) * (_isBack ? 1 : 1 - Math.Pow(1 - chanceToReturn, ahead));
}
