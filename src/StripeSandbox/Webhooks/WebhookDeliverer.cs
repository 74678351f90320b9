using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Switches;

namespace Tokens.StripeSandbox.Webhooks;

/// <summary>
/// Tells events to the receiver until it has answered each with 2xx, several at once and in no promised order. A delivery is struck off
/// only after its answer, so a kill repeats some and loses none.
/// </summary>
internal sealed partial class WebhookDeliverer(
    SandboxDb db,
    SandboxSettings settings,
    StoredSwitches<WebhookSwitches> switches,
    IOptions<WebhookOptions> options,
    WebhookSender sender,
    DeliveryBook book,
    Wake wake,
    TimeProvider time,
    ILogger<WebhookDeliverer> logger) : BackgroundService
{
    private const int ReadAhead = 4;
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim slots = new(options.Value.Concurrency);
    private readonly ConcurrentDictionary<long, Delivery> underWay = new();

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        switches.Load();
        switches.OnChange = wake.Call;
        await db.WriteAsync(session => DeliveryTable.MakeAllDue(session, time.GetUtcNow()));
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (settings.WebhookSecret is not null && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await wake.WaitAsync(await StartDueAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                LogRoundFailed(logger, exception);
                await PauseAsync(stoppingToken);
            }
        }

        // Whoever holds every slot knows that nothing is under way.
        for (var slot = 0; slot < options.Value.Concurrency; slot++)
        {
            await slots.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>Starts what is due, and says when to look again unless somebody calls.</summary>
    private async Task<DateTimeOffset> StartDueAsync(CancellationToken stoppingToken)
    {
        while (!switches.Current.Paused)
        {
            var now = time.GetUtcNow();

            // Taken before the read: what ends in between still looks due in it.
            var busy = underWay.Keys.ToHashSet();
            var limit = (options.Value.Concurrency * ReadAhead) + busy.Count;
            var (due, next) = db.Read(session => (DeliveryTable.Due(session, now, limit), DeliveryTable.NextDue(session, now)));
            due.RemoveAll(delivery => busy.Contains(delivery.Sequence));
            if (due.Count == 0)
            {
                return next < now + LongestRest ? next.Value : now + LongestRest;
            }

            foreach (var delivery in due)
            {
                await slots.WaitAsync(stoppingToken);
                if (switches.Current.Paused || settings.WebhookUrl() is not { } url)
                {
                    slots.Release();
                    return time.GetUtcNow().AddMilliseconds(options.Value.AddressPauseMilliseconds);
                }

                underWay[delivery.Sequence] = delivery;
                _ = AttemptAsync(delivery, url, stoppingToken);
            }
        }

        return time.GetUtcNow() + LongestRest;
    }

    private async Task AttemptAsync(Delivery delivery, Uri url, CancellationToken stoppingToken)
    {
        try
        {
            var status = await sender.SendAsync(url, delivery.Event, stoppingToken);
            var state = DeliveryState.After(delivery, status, time.GetUtcNow(), options.Value);
            await book.RecordAsync(state);
            if (state is { IsReceived: false, Due: null })
            {
                LogGivenUp(logger, delivery.Event.Id, state.Attempts);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogCutShort(logger, delivery.Event.Id);
        }
        catch (Exception exception)
        {
            LogAttemptFailed(logger, exception, delivery.Event.Id);
            await PauseAsync(stoppingToken);
        }
        finally
        {
            underWay.TryRemove(delivery.Sequence, out _);
            slots.Release();
            wake.Call();
        }
    }

    private async Task PauseAsync(CancellationToken stoppingToken)
    {
        // A stop ends the pause; what comes next sees it for itself.
        var pause = TimeSpan.FromMilliseconds(options.Value.FirstPauseMilliseconds);
        await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(LogIds.WebhookDelivererRoundFailed, LogLevel.Error, "Looking for events to deliver failed")]
    private static partial void LogRoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogIds.WebhookDelivererAttemptFailed, LogLevel.Error, "Delivering {Event} failed in the sandbox; it is sent again")]
    private static partial void LogAttemptFailed(ILogger logger, Exception exception, string @event);

    [LoggerMessage(LogIds.WebhookDelivererGivenUp, LogLevel.Warning, "{Event} is given up after {Attempts} attempts")]
    private static partial void LogGivenUp(ILogger logger, string @event, int attempts);

    [LoggerMessage(LogIds.WebhookDelivererCutShort, LogLevel.Debug, "The delivery of {Event} was cut short by the stop and is repeated after the next start")]
    private static partial void LogCutShort(ILogger logger, string @event);
}
