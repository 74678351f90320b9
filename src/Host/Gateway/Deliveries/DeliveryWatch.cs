using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Tokens.Host.Gateway.Deliveries;

/// <summary>
/// Follows answers that carry a receipt until the client has taken them, and sends their receipts back. An answer that isn't followed to
/// its end counts as lost, which the API takes for not delivered.
/// </summary>
internal sealed class DeliveryWatch(
    DeliveryConfirmations confirmations, GatewayMetrics metrics, IOptions<GatewayOptions> options, TimeProvider time) : IHostedService
{
    private readonly ConcurrentDictionary<long, Task> _followed = new();
    private long _last;

    /// <summary>
    /// Follows an answer whose last byte has been written. Completes when it is known whether the client has taken it; its receipt is sent
    /// back after that.
    /// </summary>
    internal Task FollowAsync(ClientConnection connection, SentAnswer answer, Guid receipt)
    {
        if (_followed.Count >= options.Value.DeliveriesMax)
        {
            metrics.CountDelivery("unfollowed");
            return Task.CompletedTask;
        }

        var nextRequest = connection.NextRequestAsync();
        var id = Interlocked.Increment(ref _last);
        // Registered before it runs, so that it can't have ended before it is known.
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _followed[id] = RunAsync();
        begin.SetResult();
        return known.Task;

        async Task RunAsync()
        {
            await begin.Task;
            try
            {
                var isTaken = await IsTakenAsync(connection, nextRequest, answer);
                known.SetResult();
                metrics.CountDelivery(!isTaken ? "lost" : await confirmations.SendAsync(receipt) ? "confirmed" : "unconfirmed");
            }
            finally
            {
                known.TrySetResult();
                _followed.TryRemove(id, out _);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The listener has been closed before, so every connection has ended and each answer's end is near.
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_followed.Values).WaitAsync(cancellationToken);

    private async Task<bool> IsTakenAsync(ClientConnection connection, Task nextRequest, SentAnswer answer)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            await Task.WhenAny(nextRequest, connection.Ended, Task.Delay(options.Value.DeliveryGrace, time));
            // Over HTTP/1 a client sends its next request when it has read the answer before.
            if (nextRequest.IsCompleted)
            {
                return true;
            }

            var hasEnded = connection.Ended.IsCompleted;
            if (answer.IsTaken(connection.Facts, hasEnded) is { } isTaken)
            {
                return isTaken;
            }

            if (time.GetElapsedTime(started) >= options.Value.DeliveryTimeout)
            {
                return false;
            }
        }
    }
}
