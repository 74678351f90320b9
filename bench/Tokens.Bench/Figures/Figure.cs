namespace Tokens.Bench.Figures;

/// <summary>A figure computed in each round from that round's cases.</summary>
/// <param name="Name">What is divided by what.</param>
/// <param name="ByRound">One value a round.</param>
/// <param name="Required">What the median is held against; null for a figure that is only shown.</param>
internal sealed record Figure(string Name, IReadOnlyList<double> ByRound, Bound? Required = null)
{
    public double Median => Statistics.Median(ByRound);

    /// <summary>Null where nothing is required.</summary>
    public bool? Holds => Required is null ? null : double.IsFinite(Median) && Required.Allows(Median);
}
