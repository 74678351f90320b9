namespace Tokens.Bench.Figures;

internal static class Statistics
{
    /// <summary>The middle one; between the two middle ones of an even number.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal static double Median(IEnumerable<double> values) => Percentile(values, 50);

    /// <summary>The value that so many of a hundred stay below, between the two nearest.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal static double Percentile(IEnumerable<double> values, double percent)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
        {
            throw new ArgumentException("There is no value.", nameof(values));
        }

        var place = percent / 100 * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length
            ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]))
            : sorted[^1];
    }
}
