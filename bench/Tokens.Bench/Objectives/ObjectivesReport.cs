using System.Text;
using Tokens.Bench.Reports;

namespace Tokens.Bench.Objectives;

/// <summary>Formats the results of the objectives as text.</summary>
internal static class ObjectivesReport
{
    internal static string Of(ObjectivesOutcome run) => new StringBuilder()
        .AppendLine(MachineText.Of(run.Machine))
        .AppendLine(FigureTable.Of(run.Figures))
        .Append(FaultLines.Of(run.Faults, run.Figures))
        .ToString();
}
