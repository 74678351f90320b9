namespace Tokens.Bench.History;

/// <summary>How long a page took, each time.</summary>
/// <param name="Entries">How many entries it had.</param>
internal sealed record PageTimes(string Name, string Query, int Entries, IReadOnlyList<double> Ms);
