using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tokens.Platform.Problems;
using Tokens.Platform.Storage;

namespace Tokens.Wallet.Ledger;

/// <summary>
/// Takes what is waiting, posts it as one batch, answers each caller; again and again. One database session a lane, so batches of
/// a lane never overlap.
/// </summary>
internal sealed partial class PostingLane(
    ILedgerStore store,
    LedgerOptions options,
    DatabasePipeline database,
    IEnumerable<ICommitListener> listeners,
    ICommitFollower follower,
    WalletMetrics metrics,
    TimeProvider time,
    ILogger<PostingLane> logger)
{
    private const int FollowedMax = 16;

    private static readonly Problem Unavailable =
        new(ProblemKind.DatabaseUnavailable, "The ledger could not be reached. Repeat the request with the same idempotency key.")
        {
            RetryAfter = TimeSpan.FromSeconds(2),
        };

    // Batches that are committed and not yet answered. They may be answered in any order: what follows carries versions.
    private readonly Queue<Task> _followed = new(FollowedMax);

    /// <summary>Where requests on accounts that another host holds go, while the rest goes on; null in that lane itself.</summary>
    internal ContendedLane? Aside { get; init; }

    /// <summary>Runs until the line is closed and empty.</summary>
    internal async Task RunAsync(ChannelReader<PendingPosting> line)
    {
        var batch = new List<PendingPosting>(options.BatchSizeMax);
        while (await line.WaitToReadAsync())
        {
            while (batch.Count < options.BatchSizeMax && line.TryRead(out var pending))
            {
                if (Aside?.TryTake(pending) != true)
                {
                    batch.Add(pending);
                }
            }

            if (batch.Count > 0)
            {
                await TakeAsync([.. batch]);
                batch.Clear();
            }
        }

        await Task.WhenAll(_followed);
    }

    private async Task TakeAsync(IReadOnlyList<PendingPosting> batch)
    {
        var taken = time.GetTimestamp();
        foreach (var pending in batch)
        {
            metrics.RecordWait(time.GetElapsedTime(pending.QueuedAt, taken));
        }

        using var span = BatchSpan.Start(batch);
        await PostAsync(batch, isRepeat: false);
        metrics.RecordBatch(batch.Count, time.GetElapsedTime(taken));
    }

    private async Task PostAsync(IReadOnlyList<PendingPosting> pending, bool isRepeat)
    {
        for (var lockAttempt = 1; pending.Count > 0; lockAttempt++)
        {
            BatchResult? result;
            try
            {
                (result, isRepeat) = await RepeatAsync(pending, isRepeat);
            }
            catch (Exception fault) when (MayRepeat(fault))
            {
                Fail(pending, new ProblemException(Unavailable, fault));
                return;
            }
            catch (Exception fault) when (pending.Count > 1)
            {
                // One request poisons its neighbours: halve until it stands alone.
                LogSplit(logger, fault, pending.Count);
                var half = pending.Count / 2;
                await PostAsync([.. pending.Take(half)], isRepeat: true);
                await PostAsync([.. pending.Skip(half)], isRepeat: true);
                return;
            }
            catch (Exception fault)
            {
                Fail(pending, fault);
                return;
            }

            if (result is not null)
            {
                await AnswerAsync(pending, result);
                return;
            }

            pending = await StepAsideAsync(pending);
            if (lockAttempt >= options.LockAttemptsMax)
            {
                Fail(pending, new ProblemException(Unavailable));
                return;
            }
        }
    }

    /// <summary>Posts while the database is away or busy; no result when another host holds an account too long.</summary>
    private async Task<(BatchResult? Result, bool IsRepeat)> RepeatAsync(IReadOnlyList<PendingPosting> pending, bool isRepeat)
    {
        var result = await database.RunAsync(
            "wallet.post",
            async token =>
            {
                try
                {
                    return await TryPostAsync(pending, isRepeat, token);
                }
                catch (PostgresException locked) when (locked.SqlState == PostgresErrorCodes.LockNotAvailable)
                {
                    return null;
                }
                catch (Exception fault) when (MayRepeat(fault) || fault is OperationCanceledException)
                {
                    // Nothing is known of the commit, so the next attempt first looks for what it would write.
                    isRepeat = true;
                    LogInterrupted(logger, fault, pending.Count);
                    throw;
                }
            },
            CancellationToken.None,
            MayRepeat);
        return (result, isRepeat);
    }

    private async Task<BatchResult?> TryPostAsync(
        IReadOnlyList<PendingPosting> pending, bool isRepeat, CancellationToken cancellationToken)
    {
        var batch = await MakeBatchAsync(pending, cancellationToken);
        batch.IsRepeat = isRepeat;
        var before = follower.Begin();
        return await store.PostAsync(batch, cancellationToken) with { Before = before };
    }

    private static bool MayRepeat(Exception fault) => TransientFaults.Covers(fault) || TransientFaults.IsUniqueViolation(fault);

    private async Task<PostingBatch> MakeBatchAsync(IReadOnlyList<PendingPosting> pending, CancellationToken cancellationToken)
    {
        var writer = await store.ConnectAsync(cancellationToken);
        return new PostingBatch([.. pending.Select(p => p.Request)], writer);
    }

    private async Task<IReadOnlyList<PendingPosting>> StepAsideAsync(IReadOnlyList<PendingPosting> pending)
    {
        if (Aside is null)
        {
            return pending;
        }

        try
        {
            var contended = await store.FindContendedAsync(await MakeBatchAsync(pending, CancellationToken.None), CancellationToken.None);
            var rest = new List<PendingPosting>(pending.Count);
            foreach (var each in pending)
            {
                if (!each.Touches(contended.Contains))
                {
                    rest.Add(each);
                }
                else if (!Aside.Take(each, contended))
                {
                    // It must not hold up the others either, and nothing of it is written.
                    metrics.CountShed(each.Request);
                    each.Fail(new ProblemException(PostingQueue.Busy));
                }
            }

            LogAside(logger, pending.Count - rest.Count, contended.Count);
            return rest;
        }
        catch (Exception fault) when (TransientFaults.Covers(fault))
        {
            return pending;
        }
    }

    // The answers wait for what follows the commit, the writer doesn't: it has the next batch to commit.
    private async Task AnswerAsync(IReadOnlyList<PendingPosting> pending, BatchResult result)
    {
        if (result.Committed.Count > 0)
        {
            foreach (var listener in listeners)
            {
                Tell(listener, result);
            }
        }

        var following = follower.FollowAsync(result);
        if (following.IsCompletedSuccessfully)
        {
            Decide(pending, result);
            return;
        }

        while (_followed.TryPeek(out var oldest) && (oldest.IsCompleted || _followed.Count >= FollowedMax))
        {
            await _followed.Dequeue();
        }

        _followed.Enqueue(DecideAfterAsync(following, pending, result));
    }

    private async Task DecideAfterAsync(ValueTask following, IReadOnlyList<PendingPosting> pending, BatchResult result)
    {
        try
        {
            await following;
        }
        catch (Exception fault)
        {
            LogDeaf(logger, fault, follower.GetType().Name);
        }

        Decide(pending, result);
    }

    private void Decide(IReadOnlyList<PendingPosting> pending, BatchResult result)
    {
        for (var i = 0; i < pending.Count; i++)
        {
            metrics.CountDecided(pending[i].Request, result.Decisions[i]);
            pending[i].Decide(result.Decisions[i]);
        }
    }

    // The batch is committed: a listener that fails must not make it look otherwise.
    private void Tell(ICommitListener listener, BatchResult result)
    {
        try
        {
            listener.Committed(result);
        }
        catch (Exception fault)
        {
            LogDeaf(logger, fault, listener.GetType().Name);
        }
    }

    private void Fail(IReadOnlyList<PendingPosting> pending, Exception fault)
    {
        LogGivenUp(logger, fault, pending.Count);
        foreach (var each in pending)
        {
            metrics.CountFailed(each.Request);
            each.Fail(fault);
        }
    }

    [LoggerMessage(LogIds.PostingLaneInterrupted, LogLevel.Warning, "An attempt to post {Count} requests was interrupted")]
    private static partial void LogInterrupted(ILogger logger, Exception fault, int count);

    [LoggerMessage(LogIds.PostingLaneSplit, LogLevel.Warning, "A batch of {Count} requests was refused as a whole; splitting it")]
    private static partial void LogSplit(ILogger logger, Exception fault, int count);

    [LoggerMessage(LogIds.PostingLaneAside, LogLevel.Warning, "{Count} requests step aside: another host holds {Accounts} of their accounts")]
    private static partial void LogAside(ILogger logger, int count, int accounts);

    [LoggerMessage(LogIds.PostingLaneDeaf, LogLevel.Error, "{Listener} failed to take note of a commit")]
    private static partial void LogDeaf(ILogger logger, Exception fault, string listener);

    [LoggerMessage(LogIds.PostingLaneGivenUp, LogLevel.Error, "Gave up posting {Count} requests; their outcome is unknown to their callers")]
    private static partial void LogGivenUp(ILogger logger, Exception fault, int count);
}
