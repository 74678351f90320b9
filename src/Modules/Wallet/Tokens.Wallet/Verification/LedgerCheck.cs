using System.Globalization;
using Tokens.Platform.Operations;

namespace Tokens.Wallet.Verification;

/// <summary>The ledger's recount, for operations.</summary>
internal sealed class LedgerCheck(LedgerAudit audit) : IOperationsCheck
{
    public string Name => "ledger";

    public string Title => "Verify the ledger";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var report = await audit.RunAsync(cancellationToken);
        return new CheckFinding(
            report is { SumOfBalances: 0, Drifted.Count: 0, Negative.Count: 0 },
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Transfers} transfers of {report.Accounts} accounts recounted: the balances sum to {report.SumOfBalances}, {report.Drifted.Count} accounts have drifted, {report.Negative.Count} members are below zero."));
    }
}
