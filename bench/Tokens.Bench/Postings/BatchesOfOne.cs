using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tokens.Bench.Settings;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Ledger;

namespace Tokens.Bench.Postings;

/// <summary>
/// One caller after the other posts a tip, in turn through the ledger and as a batch of one on a session with the database. What
/// the ledger adds is the price that a lone caller pays for its batches.
/// </summary>
internal sealed class BatchesOfOne : IAsyncDisposable
{
    private const string Caller = "bench";
    private const string Route = "tip";
    private const long StartTokens = 1_000_000_000;
    private const int WarmUps = 200;

    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly IHost _host;
    private readonly IWalletLedger _ledger;
    private readonly ILedgerStore _store;
    private readonly Guid _fan = Uuid.NewRandom();
    private readonly Guid _creator = Uuid.NewRandom();

    private BatchesOfOne(IHost host)
    {
        _host = host;
        _ledger = host.Services.GetRequiredService<IWalletLedger>();
        _store = host.Services.GetRequiredService<ILedgerStoreFactory>().Create();
    }

    internal static async Task<BatchesOfOne> PrepareAsync(Servers servers, CancellationToken cancellationToken)
    {
        var batches = new BatchesOfOne(await BareLedger.StartAsync(servers, cancellationToken));
        await batches.FundAsync(cancellationToken);
        await batches.RunAsync(WarmUps, cancellationToken);
        return batches;
    }

    internal async Task<PostingTimes> RunAsync(int postings, CancellationToken cancellationToken)
    {
        var (ledger, store) = (new List<double>(postings), new List<double>(postings));
        var writer = await _store.ConnectAsync(cancellationToken);
        for (var i = 0; i < postings; i++)
        {
            ledger.Add(await TimeAsync(() => PostThroughLedgerAsync(NewPosting(), cancellationToken)));
            store.Add(await TimeAsync(() => PostOnStoreAsync(NewPosting(), writer, cancellationToken)));
        }

        return new PostingTimes(ledger, store);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private Posting NewPosting() => new(
        new PostingKey(Caller, Route, Uuid.New(Time).ToString()),
        [new Leg(Account.OfMember(_fan), Account.OfMember(_creator), 1, TransferKind.Tip)]);

    private async Task FundAsync(CancellationToken cancellationToken) => await PostThroughLedgerAsync(
        new Posting(
            new PostingKey(Caller, "fund", "1"),
            [new Leg(Account.Of(SystemAccount.Adjustments), Account.OfMember(_fan), StartTokens, TransferKind.Adjustment)]),
        cancellationToken);

    private async Task PostThroughLedgerAsync(Posting posting, CancellationToken cancellationToken)
    {
        if (await _ledger.PostAsync(posting, cancellationToken) is not PostingOutcome.Posted)
        {
            throw new InvalidOperationException("The ledger refused a posting.");
        }
    }

    // As the ledger makes it of a posting, and as the writer hands it to its store.
    private async Task PostOnStoreAsync(Posting posting, int writer, CancellationToken cancellationToken)
    {
        var request = new PostingRequest
        {
            Id = Uuid.New(Time),
            CallerId = AccountIds.OfModule(posting.Key.Module),
            Route = posting.Key.Route,
            Key = posting.Key.Key,
            PayloadHash = PayloadHash.Of(posting.Legs, posting.Reference, posting.Channel, posting.Message),
            Legs = posting.Legs,
        };
        var result = await _store.PostAsync(new PostingBatch([request], writer), cancellationToken);
        if (result.Decisions is not [PostingDecision.Posted])
        {
            throw new InvalidOperationException("The store refused a posting.");
        }
    }
}
