using System.Diagnostics.Metrics;
using System.Text.Json;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet;

/// <summary>The meter <c>Tokens.Wallet</c>; no tag carries an id.</summary>
internal sealed class WalletMetrics
{
    internal const string MeterName = "Tokens.Wallet";
    internal const string PostingsName = "tokens.wallet.postings";
    internal const string BatchSizeName = "tokens.wallet.batch.size";

    private static readonly InstrumentAdvice<int> Sizes = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] };

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly Dictionary<TransferKind, string> Kinds = Enum.GetValues<TransferKind>().ToDictionary(kind => kind, Snake);

    private readonly Meter _meter;
    private readonly Counter<long> _postings;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _batchDuration;
    private readonly Histogram<double> _wait;

    public WalletMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _postings = _meter.CreateCounter<long>(PostingsName, "{posting}", "Postings that were asked for, by the kind of transfer and how they ended.");
        _batchSize = _meter.CreateHistogram(BatchSizeName, "{posting}", "Postings that were committed together.", advice: Sizes);
        _batchDuration = _meter.CreateHistogram(
            "tokens.wallet.batch.duration", "s", "From the taking of a batch to its commit, with all attempts.", advice: Seconds);
        _wait = _meter.CreateHistogram("tokens.wallet.queue.wait", "s", "From a posting's getting in line to its being taken.", advice: Seconds);
    }

    /// <param name="length">Asked whenever somebody collects.</param>
    internal void TellQueueLength(Func<int> length) =>
        _meter.CreateObservableGauge("tokens.wallet.queue.length", length, "{posting}", "Postings in line.");

    internal void CountShed(PostingRequest request) => Count(request, "shed");

    internal void CountFailed(PostingRequest request) => Count(request, "failed");

    internal void CountDecided(PostingRequest request, PostingDecision decision) => Count(request, decision switch
    {
        PostingDecision.Posted => "posted",
        PostingDecision.AlreadyPosted => "already_posted",
        PostingDecision.InsufficientBalance => "insufficient_balance",
        PostingDecision.KeyReused => "key_reused",
        PostingDecision.OnHold => "on_hold",
        PostingDecision.PayeeUnknown => "payee_unknown",
        _ => "balance_too_large",
    });

    internal void RecordWait(TimeSpan wait) => _wait.Record(wait.TotalSeconds);

    internal void RecordBatch(int postings, TimeSpan duration)
    {
        _batchSize.Record(postings);
        _batchDuration.Record(duration.TotalSeconds);
    }

    private void Count(PostingRequest request, string outcome) => _postings.Add(
        1, new KeyValuePair<string, object?>("kind", Kinds[request.Legs[0].Kind]), new KeyValuePair<string, object?>("outcome", outcome));

    private static string Snake(TransferKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
