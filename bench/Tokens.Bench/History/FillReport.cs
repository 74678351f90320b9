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
        text.AppendLine(PageTable(fill)).AppendLine(FigureTable.Of(fill.Figures)).AppendLine(UsageTable(fill));
        text.AppendLine($"Tips meanwhile, {fill.Options.Connections:N0} connections: "
            + $"{Text.PerSecond(Statistics.Median(fill.Tips.Select(tips => tips.PerSecond)))} a second.");
        text.AppendLine($"Verification, tips going on: {Text.Seconds(fill.VerificationSeconds)} s ({fill.Verification}).");
        text.AppendLine($"Verification at rest: {fill.VerificationAtRest}.");
        return text.Append(FaultLines.Of(fill.Faults, fill.Figures)).ToString();
    }

    private static string PageTable(FillOutcome fill)
    {
        var table = new TextTable("page", "entries", "first ms", "median ms", "p99 ms", "median, tips going on", "p99");
        foreach (var (rest, busy) in fill.PagesAtRest.Zip(fill.Pages))
        {
            table.Add(
                rest.Name, $"{rest.Entries}", Text.Milliseconds(rest.FirstMs), Median(rest), P99(rest), Median(busy), P99(busy));
        }

        return table.ToString();
    }

    private static string Median(PageTimes page) => Text.Milliseconds(Statistics.Median(page.Ms));

    private static string P99(PageTimes page) => Text.Milliseconds(Statistics.Percentile(page.Ms, 99));

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
