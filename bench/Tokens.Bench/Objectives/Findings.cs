using Tokens.Bench.Figures;

namespace Tokens.Bench.Objectives;

/// <summary>What was found of one objective.</summary>
/// <param name="Objective">Its name.</param>
/// <param name="Figures">What is held against bounds, or only shown.</param>
/// <param name="Faults">What must not be, whatever the time it took.</param>
internal sealed record Findings(string Objective, IReadOnlyList<Figure> Figures, IReadOnlyList<string> Faults);
