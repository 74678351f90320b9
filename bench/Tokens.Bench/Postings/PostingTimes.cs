using Tokens.Bench.Figures;

namespace Tokens.Bench.Postings;

/// <summary>Milliseconds of each posting of a round: through the ledger, and of the same batch of one on the store itself.</summary>
internal sealed record PostingTimes(IReadOnlyList<double> LedgerMs, IReadOnlyList<double> StoreMs)
{
    /// <summary>What queue, writer and waking the caller add, in the middle.</summary>
    internal double AddedMs => Statistics.Median(LedgerMs) - Statistics.Median(StoreMs);
}
