using System.Text;
using Tokens.Bench.Reports;

namespace Tokens.Bench.Overload;

/// <summary>What an overload found, as text.</summary>
internal static class OverloadReport
{
    internal static string Of(OverloadOutcome run)
    {
        var text = new StringBuilder();
        text.AppendLine(MachineText.Of(run.Machine));
        text.AppendLine($"{run.Options.Connections:N0} connections: {Text.PerSecond(run.Before.PerSecond)} tips a second, "
            + $"p99 {Text.Milliseconds(run.Before.P99Ms)} ms. Then {run.Options.CrowdConnections:N0} for {run.Options.Seconds:N0} s, of which "
            + $"whoever is refused comes again at once: {Text.PerSecond(run.Crowd.PerSecond)} answers a second, of {run.Crowd.Requests:N0} "
            + $"{run.Crowd.Refused:N0} refusals, {run.Crowd.Broken:N0} broken.").AppendLine();
        text.AppendLine(ProbeTable(run)).AppendLine(FigureTable.Of(run.Figures));
        text.AppendLine($"Memory of the product in MiB, by the second: {string.Join(' ', run.MemoryBytes.Select(bytes => Text.Mebibytes(bytes)))}.");
        text.AppendLine($"Tips a second after the crowd: {string.Join(", ", run.After.Select(AfterText))}.");
        text.AppendLine($"The ledger's verification: {run.Verification}.");
        return text.Append(FaultLines.Of(run.Faults, run.Figures)).ToString();
    }

    private static string AfterText(Stretch stretch) => $"{Text.PerSecond(stretch.PerSecond)} until {Text.Seconds(stretch.EndsAtSeconds)} s";

    private static string ProbeTable(OverloadOutcome run)
    {
        var table = new TextTable("among the crowd", "answers", "p50 ms", "p99 ms");
        foreach (var (name, areTaken) in new[] { ("taken", true), ("refused", false) })
        {
            table.Add(
                name,
                $"{run.Probe.Count(areTaken):N0}",
                Text.Milliseconds(run.Probe.Percentile(areTaken, 50)),
                Text.Milliseconds(run.Probe.Percentile(areTaken, 99)));
        }

        return table.ToString();
    }
}
