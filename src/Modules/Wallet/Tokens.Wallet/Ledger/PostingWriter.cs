using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Platform.Storage;

namespace Tokens.Wallet.Ledger;

/// <summary>Runs the lanes while the host runs, and at its stop posts everything that was taken in line.</summary>
internal sealed class PostingWriter(
    PostingQueue queue,
    ILedgerStoreFactory stores,
    IOptions<LedgerOptions> options,
    DatabasePipeline database,
    IEnumerable<ICommitListener> listeners,
    ICommitFollower follower,
    WalletMetrics metrics,
    TimeProvider time,
    ILogger<PostingLane> logger) : IHostedService, IAsyncDisposable
{
    private readonly ContendedLane _contended = new(options.Value.QueueCapacity);
    private readonly List<ILedgerStore> _stores = [];
    private Task _main = Task.CompletedTask;
    private Task _aside = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Each lane on a thread of the pool: a writer is never entered by the code that starts it.
        var main = MakeLane(_contended);
        var aside = MakeLane(aside: null);
        _main = Task.Run(() => main.RunAsync(queue.Reader), CancellationToken.None);
        _aside = Task.Run(() => aside.RunAsync(_contended.Reader), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        await _main.WaitAsync(cancellationToken);
        _contended.Close();
        await _aside.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _stores.Clear();
    }

    private PostingLane MakeLane(ContendedLane? aside)
    {
        var store = stores.Create();
        _stores.Add(store);
        return new PostingLane(store, options.Value, database, listeners, follower, metrics, time, logger) { Aside = aside };
    }
}
