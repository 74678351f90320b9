using Tokens.Bench.Figures;

namespace Tokens.Bench.Overload;

/// <summary>What a sample of callers saw: how long each answer took, by its status.</summary>
internal sealed record ProbeResult(IReadOnlyDictionary<int, IReadOnlyList<double>> MsByStatus)
{
    /// <summary>Answers of that kind.</summary>
    internal int Count(bool areTaken) => Of(areTaken).Count();

    /// <summary>The time that so many of a hundred stayed below; null when there was no answer of that kind.</summary>
    internal double? Percentile(bool areTaken, double percent) =>
        Of(areTaken).Any() ? Statistics.Percentile(Of(areTaken), percent) : null;

    private IEnumerable<double> Of(bool areTaken) => MsByStatus.Where(each => each.Key == 200 == areTaken).SelectMany(each => each.Value);
}
