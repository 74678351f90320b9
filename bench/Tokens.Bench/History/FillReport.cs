using System.Text;
using Tokens.Bench.Figures;
using Tokens.Bench.Reports;

namespace Tokens.Bench.History;

/// <summary>What a fill found, as text.</summary>
internal static class FillReport
{
    internal static string Of(FillOutcome fill)
    {
        var text = new StringBuilder();
        text.AppendLine(MachineText.Of(fill.Machine));
        text.AppendLine($"{fill.Options.Transfers:N0} transfers, {fill.Options.AccountTransfers:N0} of them of one account, loaded in "
            + $"{Text.Seconds(fill.LoadSeconds)} s; table and indexes take {Text.Mebibytes(fill.TransfersBytes)} MiB.").AppendLine();
        text.AppendLine(PageTable(fill)).AppendLine(UsageTable(fill));
        text.AppendLine($"Tips meanwhile, {fill.Options.Connections:N0} connections: "
            + $"{Text.PerSecond(Statistics.Median(fill.Tips.Select(tips => tips.PerSecond)))} a second.");
        text.AppendLine($"Verification, tips going on: {Text.Seconds(fill.VerificationSeconds)} s ({fill.Verification}).");
        text.AppendLine($"Verification at rest: {fill.VerificationAtRest}.");
        foreach (var fault in fill.Faults)
        {
            text.AppendLine($"FAILED: {fault}");
        }

        return text.ToString();
    }

    private static string PageTable(FillOutcome fill)
    {
        var table = new TextTable("page", "entries", "median ms", "p99 ms", "highest ms");
        foreach (var page in fill.Pages)
        {
            table.Add(
                page.Name,
                $"{page.Entries}",
                Text.Milliseconds(Statistics.Median(page.Ms)),
                Text.Milliseconds(Statistics.Percentile(page.Ms, 99)),
                Text.Milliseconds(page.Ms.Max()));
        }

        return table.ToString();
    }

    private static string UsageTable(FillOutcome fill)
    {
        var table = new TextTable("process", "CPU s", "RSS MiB", "peak MiB");
        foreach (var process in fill.Usage)
        {
            table.Add(
                process.Process, Text.Seconds(process.CpuSeconds), Text.Mebibytes(process.ResidentBytes), Text.Mebibytes(process.ResidentPeakBytes));
        }

        return table.ToString();
    }
}
