using Tokens.Bench.Figures;

namespace Tokens.Bench.Objectives;

/// <summary>The result of one objective.</summary>
/// <param name="Objective">Its name.</param>
/// <param name="Figures">Measured values, some of them with a bound.</param>
/// <param name="Faults">Failures that no duration excuses, such as an unsound ledger.</param>
internal sealed record ObjectiveResult(string Objective, IReadOnlyList<Figure> Figures, IReadOnlyList<string> Faults);
