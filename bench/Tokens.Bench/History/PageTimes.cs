namespace Tokens.Bench.History;

/// <summary>How long a page took, each time.</summary>
/// <param name="Entries">How many entries it had.</param>
/// <param name="FirstMs">The first time, before those that count.</param>
internal sealed record PageTimes(string Name, string Query, int Entries, double FirstMs, IReadOnlyList<double> Ms);
