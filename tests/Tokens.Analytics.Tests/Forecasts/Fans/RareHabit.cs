namespace Tokens.Analytics.Tests.Forecasts.Fans;

/// <summary>
/// Spends after irregular gaps, and after a spending leaves for good with a chance. A gap is the sum of two geometric ones of half the
/// mean, so that it varies by seven tenths of its mean.
/// </summary>
/// <param name="meanTokens">The mean amount of a day on which the fan spends.</param>
/// <param name="variation">The amount's standard deviation as a part of its mean.</param>
/// <param name="meanGapDays">Days from one spending to the next, in the mean.</param>
/// <param name="chanceToLeave">The chance that a spending is the last.</param>
/// <param name="isInSecondPart">Whether the fan begins in the second part of a gap.</param>
internal sealed class RareHabit(double meanTokens, double variation, double meanGapDays, double chanceToLeave, bool isInSecondPart) : IHabit
{
    private readonly double _chanceToEndPart = 2 / meanGapDays;
    private bool _isInSecondPart = isInSecondPart;
    private bool _isGone;

    public long Spend(DateOnly day, Noise noise)
    {
        if (_isGone || !noise.Happens(_chanceToEndPart))
        {
            return 0;
        }

        _isInSecondPart = !_isInSecondPart;
        if (_isInSecondPart)
        {
            return 0;
        }

        _isGone = noise.Happens(chanceToLeave);
        return WholeTokens.Of(noise.LogNormal(meanTokens, variation));
    }

    public double Expect(DateOnly day, int ahead)
    {
        var (first, second, spends) = (_isGone || _isInSecondPart ? 0.0 : 1.0, !_isGone && _isInSecondPart ? 1.0 : 0.0, 0.0);
        for (var step = 0; step < ahead; step++)
        {
            spends = second * _chanceToEndPart;
            var begins = first * _chanceToEndPart;
            first += spends * (1 - chanceToLeave) - begins;
            second += begins - spends;
        }

        return spends * meanTokens;
    }
}
