using Tokens.Bench.Figures;
using Tokens.Bench.Reports;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Telemetry;

/// <summary>All that a run found of what watching costs; kept as it is.</summary>
internal sealed record TelemetryOutcome
{
    public required Machine Machine { get; init; }

    public required TelemetryOptions Options { get; init; }

    public required IReadOnlyList<SideResult> Sides { get; init; }

    public required IReadOnlyList<string> Faults { get; init; }

    public IReadOnlyList<Figure> Figures =>
    [
        Ratio(TelemetryBenchmark.Sampled, "tips a second", turn => turn.PerSecond, Bound.AtLeast(0.95)),
        Ratio(TelemetryBenchmark.Sampled, "processor time", turn => turn.CpuMicroseconds),
        Ratio(TelemetryBenchmark.Traced, "tips a second", turn => turn.PerSecond),
        Ratio(TelemetryBenchmark.Traced, "processor time", turn => turn.CpuMicroseconds),
    ];

    private Figure Ratio(string side, string what, Func<Turn, double> value, Bound? required = null) => new(
        $"{what}: {side} / {TelemetryBenchmark.Off}",
        [.. TurnsOf(side).Zip(TurnsOf(TelemetryBenchmark.Off), (watched, off) => value(watched) / value(off))],
        required);

    private IReadOnlyList<Turn> TurnsOf(string side) => Sides.Single(each => each.Name == side).Turns;
}
