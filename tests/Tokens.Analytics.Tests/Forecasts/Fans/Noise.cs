namespace Tokens.Analytics.Tests.Forecasts.Fans;

/// <summary>Chance, by a seeded generator whose sequence .NET keeps from version to version.</summary>
internal sealed class Noise(int seed)
{
    private readonly Random _random = new(seed);

    internal bool Happens(double probability) => _random.NextDouble() < probability;

    internal int Between(int least, int most) => _random.Next(least, most + 1);

    /// <summary>Evenly spread over the magnitudes: as many from 10 to 20 as from 100 to 200.</summary>
    internal double Magnitude(double least, double most) => least * Math.Pow(most / least, _random.NextDouble());

    /// <summary>Positive, with the mean given, skewed to the right as amounts of money are.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="variation">The standard deviation as a part of the mean.</param>
    internal double LogNormal(double mean, double variation)
    {
        var variance = Math.Log(1 + variation * variation);
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return mean * Math.Exp(normal * Math.Sqrt(variance) - variance / 2);
    }
}
