using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Platform.Storage;

namespace Tokens.Platform.Switches;

/// <summary>Follows what other hosts turn. While the database can't be asked, every switch stays as it was.</summary>
internal sealed partial class SwitchPolling(SwitchBoard board, IOptions<SwitchOptions> options, TimeProvider time, ILogger<SwitchPolling> logger)
    : BackgroundService
{
    private bool _isAway;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first request: what was switched off stays off when a host starts again.
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.PollMilliseconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await board.LookAsync(cancellationToken);
            _isAway = false;
        }
        catch (Exception fault) when (TransientFaults.IsDatabaseFault(fault) || TransientFaults.Covers(fault))
        {
            // Said once an outage.
            if (!_isAway)
            {
                LogAway(logger, fault);
            }

            _isAway = true;
        }
    }

    [LoggerMessage(LogIds.SwitchPollingAway, LogLevel.Warning, "The switches could not be read and stay as they were")]
    private static partial void LogAway(ILogger logger, Exception fault);
}
