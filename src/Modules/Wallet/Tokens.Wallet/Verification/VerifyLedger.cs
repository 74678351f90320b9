using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Time;

namespace Tokens.Wallet.Verification;

/// <summary>GET /api/tokens/admin/ledger/verify: recounts every account from its transfers, in one snapshot.</summary>
internal static class VerifyLedger
{
    internal sealed record Response(
        bool Success,
        long Accounts,
        long Transfers,
        long SumOfBalances,
        IReadOnlyList<Drift> Drifted,
        IReadOnlyList<Negative> Negative,
        DateTime Timestamp);

    internal static async Task<Ok<Response>> Handle(LedgerAudit audit, TimeProvider time, CancellationToken cancellationToken)
    {
        var report = await audit.RunAsync(cancellationToken);
        return TypedResults.Ok(new Response(
            true, report.Accounts, report.Transfers, report.SumOfBalances, report.Drifted, report.Negative, time.UtcNow()));
    }
}
