using Tokens.Bench.Figures;
using Tokens.Bench.Reports;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Objectives;

/// <summary>The results of all objectives, stored as JSON.</summary>
internal sealed record ObjectivesOutcome
{
    public required Machine Machine { get; init; }

    public required ObjectivesOptions Options { get; init; }

    public required IReadOnlyList<ObjectiveResult> Objectives { get; init; }

    public IReadOnlyList<Figure> Figures => [.. Objectives.SelectMany(each => each.Figures)];

    public IReadOnlyList<string> Faults => [.. Objectives.SelectMany(each => each.Faults)];
}
