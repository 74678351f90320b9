using Tokens.Platform.Caching;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.Tests.Ledger;

/// <summary>A store that commits in memory, refuses an id twice as a primary key does, and fails when it is told to.</summary>
internal sealed class ScriptedStore : ILedgerStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, PostingReceipt> _committed = [];

    /// <summary>Called before anything is done; what it throws is the store's fault.</summary>
    internal Func<PostingBatch, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called after the commit; what it throws is a connection lost behind it.</summary>
    internal Func<PostingBatch, Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>Accounts that another host holds.</summary>
    internal HashSet<Guid> Contended { get; } = [];

    /// <summary>Every batch that came, as the ids of its requests.</summary>
    internal List<(Guid[] Ids, bool IsRepeat)> Batches { get; } = [];

    internal IReadOnlyCollection<Guid> Committed
    {
        get
        {
            lock (_lock)
            {
                return [.. _committed.Keys];
            }
        }
    }

    public Task<int> ConnectAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    public async Task<BatchResult> PostAsync(PostingBatch batch, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Batches.Add(([.. batch.Requests.Select(request => request.Id)], batch.IsRepeat));
        }

        await Before(batch);
        var result = Commit(batch);
        await After(batch);
        return result;
    }

    public Task<IReadOnlySet<Guid>> FindContendedAsync(PostingBatch batch, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<Guid>>(Contended);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private BatchResult Commit(PostingBatch batch)
    {
        lock (_lock)
        {
            var decisions = new List<PostingDecision>();
            var rows = new List<TransferRow>();
            foreach (var request in batch.Requests)
            {
                if (batch.IsRepeat && _committed.TryGetValue(request.Id, out var earlier))
                {
                    decisions.Add(new PostingDecision.Posted(earlier));
                    continue;
                }

                var receipt = new PostingReceipt(request.Id, DateTime.UnixEpoch, new Dictionary<Guid, long>());
                _committed.Add(request.Id, receipt);
                decisions.Add(new PostingDecision.Posted(receipt));
                rows.Add(ToRow(request));
            }

            return new BatchResult(decisions, rows) { Balances = [new Figure(batch.Requests[0].Id, 1, 1)] };
        }
    }

    private static TransferRow ToRow(PostingRequest request) => new()
    {
        Id = request.Id,
        Leg = 0,
        Kind = request.Legs[0].Kind,
        DebitAccountId = request.Legs[0].From.MemberId,
        CreditAccountId = request.Legs[0].To.MemberId,
        Tokens = request.Legs[0].Tokens,
        CallerId = request.CallerId,
        Route = request.Route,
        BatchId = request.Id,
        PostedAt = DateTime.UnixEpoch,
    };
}
