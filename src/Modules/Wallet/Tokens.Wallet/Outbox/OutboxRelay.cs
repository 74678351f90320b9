using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Platform.Storage;
using Tokens.Wallet.Data;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.Outbox;

/// <summary>
/// Takes the rows that every subscriber has taken out of the outbox. The only subscriber is the cache of balances, where hosts share one;
/// without one a row goes as soon as it is seen.
/// </summary>
internal sealed partial class OutboxRelay(
    IModuleDb<WalletDb> db, CacheRepair repair, IOptions<OutboxOptions> options, TimeProvider time, ILogger<OutboxRelay> logger)
    : BackgroundService, ICommitListener
{
    // One call waiting is enough for any number of commits: a round takes all that is there.
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Committed(BatchResult batch) => Call();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What an earlier process left behind.
        Call();
        while (!stoppingToken.IsCancellationRequested)
        {
            // Rows of another host, which may be dead, call nobody.
            if (!repair.IsNeeded)
            {
                await _calls.Reader.ReadAsync(stoppingToken);
            }

            try
            {
                await RelayAsync(stoppingToken);
            }
            catch (Exception fault) when (TransientFaults.IsDatabaseFault(fault) || TransientFaults.Covers(fault))
            {
                LogDelayed(logger, fault);
                Call();
            }

            await Task.Delay(options.Value.Pause, time, stoppingToken);
        }
    }

    private async Task RelayAsync(CancellationToken cancellationToken)
    {
        if (!repair.IsNeeded)
        {
            await db.WriteAsync((wallet, token) => wallet.Outbox.ExecuteDeleteAsync(token), cancellationToken);
            return;
        }

        while (await repair.RunAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void Call() => _calls.Writer.TryWrite(true);

    [LoggerMessage(1101, LogLevel.Warning, "The outbox could not be relayed; the next round takes the rows along")]
    private static partial void LogDelayed(ILogger logger, Exception fault);
}
