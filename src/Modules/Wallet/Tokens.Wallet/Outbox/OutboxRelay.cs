using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.Outbox;

/// <summary>
/// Relays commits to those who want to know of them: the subscribers of other modules, and the cache of balances where hosts share one.
/// Each has a loop of its own, so that one which is slow or fails delays nobody but itself.
/// </summary>
internal sealed class OutboxRelay : BackgroundService, ICommitListener
{
    private readonly RoundLoop _fanOut;
    private readonly List<RoundLoop> _subscribers = [];

    public OutboxRelay(
        OutboxFanOut fanOut,
        CacheRepair repair,
        Deliveries deliveries,
        IEnumerable<IPostingSubscriber> subscribers,
        IOptions<OutboxOptions> options,
        TimeProvider time,
        ILogger<OutboxRelay> logger)
    {
        _fanOut = Loop("everybody", token => HandOnAsync(fanOut, token));
        _subscribers.AddRange(subscribers.Select(subscriber => Loop(subscriber.Name, token => deliveries.RunAsync(subscriber, token))));
        if (repair.IsNeeded)
        {
            _subscribers.Add(Loop(CacheRepair.Name, repair.RunAsync));
        }

        RoundLoop Loop(string name, Func<CancellationToken, Task<bool>> round) => new(name, round, options.Value, time, logger);
    }

    public void Committed(BatchResult batch) => _fanOut.Call();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_subscribers.Prepend(_fanOut).Select(loop => loop.RunAsync(stoppingToken)));

    private async Task<bool> HandOnAsync(OutboxFanOut fanOut, CancellationToken cancellationToken)
    {
        var mayBeMore = await fanOut.RunAsync(cancellationToken);
        foreach (var subscriber in _subscribers)
        {
            subscriber.Call();
        }

        return mayBeMore;
    }
}
