using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Tokens.Wallet.Outbox;

/// <summary>
/// Runs rounds until nothing is left: when it is called, and once a pause, because rows of another host, which may be dead, call nobody.
/// After a round that failed the pauses grow.
/// </summary>
internal sealed partial class RoundLoop(
    string name, Func<CancellationToken, Task<bool>> round, OutboxOptions options, TimeProvider time, ILogger logger)
{
    // One call waiting is enough for any number of commits: a round takes all that is there.
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal void Call() => _calls.Writer.TryWrite(true);

    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        await using var clock = time.CreateTimer(_ => Call(), null, TimeSpan.Zero, options.Pause);
        var failures = 0;
        while (true)
        {
            await _calls.Reader.ReadAsync(stoppingToken);
            try
            {
                while (await round(stoppingToken))
                {
                    stoppingToken.ThrowIfCancellationRequested();
                }

                failures = 0;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                failures++;
                LogDelayed(logger, fault, name, failures);
            }

            // A round costs the database the same for one commit as for many.
            await Task.Delay(options.PauseAfter(failures), time, stoppingToken);
        }
    }

    [LoggerMessage(LogIds.RoundLoopDelayed, LogLevel.Warning, "The outbox could not be relayed to {Subscriber} for the {Failures}. time in a row; the next round takes the rows along")]
    private static partial void LogDelayed(ILogger logger, Exception fault, string subscriber, int failures);
}
