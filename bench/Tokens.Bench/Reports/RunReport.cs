using System.Text;
using Tokens.Bench.Figures;

namespace Tokens.Bench.Reports;

/// <summary>What a run found, as text.</summary>
internal static class RunReport
{
    // Of all processor time: beyond this the figures say more of the neighbours than of the product.
    private const double BusyShare = 0.1;

    internal static string Of(RunOutcome run)
    {
        var text = new StringBuilder();
        text.AppendLine(MachineText.Of(run.Machine));
        if (IsBusy(run, out var share))
        {
            text.AppendLine($"Measured while the machine was busy: other programs took {share:P0} of its processors.").AppendLine();
        }

        text.AppendLine(CaseTables.Loads(run.Rounds)).AppendLine(CaseTables.Usage(run.Rounds)).AppendLine(FigureTable.Of(run.Figures));
        var (ledger, store) = (run.Postings.SelectMany(times => times.LedgerMs), run.Postings.SelectMany(times => times.StoreMs));
        text.AppendLine(new TextTable("batch of one, one caller", "median ms", "p99 ms")
            .Add("through the ledger", Text.Milliseconds(Statistics.Median(ledger)), Text.Milliseconds(Statistics.Percentile(ledger, 99)))
            .Add("on the store", Text.Milliseconds(Statistics.Median(store)), Text.Milliseconds(Statistics.Percentile(store, 99)))
            .ToString());
        text.AppendLine($"Balances answered from the cache: {run.CachedShare:P0}.");
        text.AppendLine($"The ledger's verification: {run.Verification}.");
        return text.Append(FaultLines.Of(run.Faults, run.Figures)).ToString();
    }

    private static bool IsBusy(RunOutcome run, out double share)
    {
        share = Statistics.Median(run.Rounds.SelectMany(round => round)
            .Select(result => result.OthersCpuSeconds / (result.Seconds * run.Machine.Cores)));
        return share > BusyShare;
    }
}
