namespace Tokens.Analytics.Tests.Forecasts.Fans;

/// <summary>Two hidden states: away, spending nothing, and in a burst, spending each day. Chance alone changes the state.</summary>
internal sealed class BurstyHabit(double meanTokens, double variation, double chanceToBegin, double chanceToGoOn) : IHabit
{
    private bool _isInBurst = true;

    public long Spend(DateOnly day, Noise noise)
    {
        var tokens = _isInBurst ? WholeTokens.Of(noise.LogNormal(meanTokens, variation)) : 0;
        _isInBurst = noise.Happens(_isInBurst ? chanceToGoOn : chanceToBegin);
        return tokens;
    }

    public double Expect(DateOnly day, int ahead)
    {
        var inBurst = _isInBurst ? 1.0 : 0.0;
        for (var step = 1; step < ahead; step++)
        {
            inBurst = inBurst * chanceToGoOn + (1 - inBurst) * chanceToBegin;
        }

        return inBurst * meanTokens;
    }
}
