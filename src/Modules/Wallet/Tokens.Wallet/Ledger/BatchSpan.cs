using System.Diagnostics;
using Tokens.Platform.Telemetry;

namespace Tokens.Wallet.Ledger;

/// <summary>The span of a batch, for all whose postings it commits.</summary>
internal static class BatchSpan
{
    internal static Activity? Start(IReadOnlyList<PendingPosting> batch)
    {
        var span = SharedSpan.Start(WalletSpans.Source, "ledger.batch", ActivityKind.Internal, batch.Select(pending => pending.Asked));
        return span?.SetTag("tokens.wallet.batch.size", batch.Count);
    }
}
