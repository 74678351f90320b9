using System.Text;
using Tokens.Bench.Figures;
using Tokens.Bench.Reports;

namespace Tokens.Bench.Telemetry;

/// <summary>What watching costs, as text.</summary>
internal static class TelemetryReport
{
    internal static string Of(TelemetryOutcome run)
    {
        var text = new StringBuilder();
        text.AppendLine(MachineText.Of(run.Machine));
        var table = new TextTable($"tips, {run.Options.Connections:N0} connections", "a second", "by round", "µs of processor", "MiB of traces");
        foreach (var (side, turns, traceBytes) in run.Sides)
        {
            table.Add(
                side,
                Text.PerSecond(Statistics.Median(turns.Select(turn => turn.PerSecond))),
                string.Join(' ', turns.Select(turn => Text.PerSecond(turn.PerSecond))),
                Text.PerSecond(Statistics.Median(turns.Select(turn => turn.CpuMicroseconds))),
                Text.Mebibytes(traceBytes));
        }

        text.AppendLine(table.ToString()).AppendLine(FigureTable.Of(run.Figures));
        return text.Append(FaultLines.Of(run.Faults, run.Figures)).ToString();
    }
}
