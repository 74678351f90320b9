using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;

namespace Tokens.Payments.Refills;

/// <summary>
/// Looks at the balances from which something was spent, and now and then at those of members who want to be refilled for other reasons
/// too; several hosts may do it at once.
/// </summary>
internal sealed partial class RefillWorker(
    RefillPlans plans, RefillEngine engine, IOptions<RefillOptions> options, TimeProvider time, ILogger<RefillWorker> logger) : BackgroundService
{
    // One call waiting is enough for any number of balances: a round takes all that are due.
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal void Wake() => _calls.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var clock = time.CreateTimer(_ => Wake(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(options.Value.PollMilliseconds));
        while (true)
        {
            await _calls.Reader.ReadAsync(stoppingToken);
            try
            {
                while (await plans.ListDueAsync(options.Value.LotSizeMax, stoppingToken) is { Count: > 0 } due)
                {
                    var atOnce = new ParallelOptions { MaxDegreeOfParallelism = options.Value.WorkersMax, CancellationToken = stoppingToken };
                    await Parallel.ForEachAsync(due, atOnce, async (memberId, token) => await LookAsync(memberId, token));
                    if (due.Count < options.Value.LotSizeMax)
                    {
                        break;
                    }
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogDelayed(logger, fault);
            }
        }
    }

    private async Task LookAsync(Guid memberId, CancellationToken cancellationToken)
    {
        var lease = time.UtcNow().AddSeconds(options.Value.LeaseSeconds);
        if (!await plans.TryLeaseAsync(memberId, lease, cancellationToken))
        {
            return;
        }

        using var span = PaymentsSpans.LookAtBalance();
        DateTime? again;
        try
        {
            var result = await engine.RunAsync(memberId, trigger: null, session: null, required: null, key: null, cancellationToken);
            again = result switch
            {
                RefillResult.NotMet notMet => notMet.LookAgainAt,
                RefillResult.UnderWay underWay => underWay.LookAgainAt,
                _ => null,
            };
        }
        // Stripe is away, or something else that passes: the balance is looked at again.
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (fault is not ProblemException)
            {
                LogFailed(logger, fault);
            }

            again = time.UtcNow().AddSeconds(options.Value.PauseSeconds);
        }

        await plans.EndLeaseAsync(memberId, lease, again, CancellationToken.None);
    }

    [LoggerMessage(LogIds.RefillWorkerDelayed, LogLevel.Warning, "Balances could not be looked at for refills; the next round takes them along")]
    private static partial void LogDelayed(ILogger logger, Exception fault);

    [LoggerMessage(LogIds.RefillWorkerFailed, LogLevel.Error, "A refill failed; the balance is looked at again")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
