using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tokens.Platform.Problems;

namespace Tokens.Platform.Storage;

/// <summary>
/// Makes few commits of many small writes: items wait in a bounded line, one writer takes all that wait, up to a batch, commits
/// them together, and then answers each. An idle writer starts at once, so that a single item waits for nobody.
/// </summary>
/// <typeparam name="TItem">What is written.</typeparam>
/// <typeparam name="TResult">What its commit says to whoever waits for it.</typeparam>
/// <param name="limits">Bounds of the line and the batch.</param>
/// <param name="commit">
/// Commits a batch and gives a result for each item, in their order. It repeats by itself what may be repeated, and bears being called
/// again with a part of a batch.
/// </param>
/// <param name="logger">Is told of batches that failed.</param>
public sealed partial class GroupCommit<TItem, TResult>(
    GroupCommitLimits limits, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> commit, ILogger logger)
{
    private static readonly Problem Busy = new(ProblemKind.Overloaded, "Too many requests are waiting. Please try again in a moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    private readonly Channel<Pending> _line = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(limits.Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private Task _writer = Task.CompletedTask;

    /// <summary>Waits until the item is committed; the caller going away meanwhile changes nothing.</summary>
    /// <exception cref="ProblemException">503 <c>overloaded</c>: the line is full or closed, and nothing is written.</exception>
    /// <exception cref="Exception">
    /// What its commit failed with. The database away fails a batch as a whole, and then the item may have been committed
    /// nevertheless; any other fault fails the item alone.
    /// </exception>
    public Task<TResult> AddAsync(TItem item)
    {
        var pending = new Pending(item);
        return _line.Writer.TryWrite(pending) ? pending.Done.Task : throw new ProblemException(Busy);
    }

    /// <summary>Starts the writer, once.</summary>
    public void Start() => _writer = Task.Run(RunAsync, CancellationToken.None);

    /// <summary>Takes no more items, and waits until those taken are answered.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the writing.</param>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _line.Writer.TryComplete();
        return _writer.WaitAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        var batch = new List<Pending>(limits.BatchSizeMax);
        while (await _line.Reader.WaitToReadAsync())
        {
            while (batch.Count < limits.BatchSizeMax && _line.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            await CommitAsync([.. batch]);
            batch.Clear();
        }
    }

    private async Task CommitAsync(Pending[] batch)
    {
        try
        {
            var results = await CommitOnceAsync(batch);
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i].Done.SetResult(results[i]);
            }
        }
        catch (Exception fault) when (batch.Length > 1 && !TransientFaults.Covers(fault))
        {
            // One item spoils it for its neighbours: halve until it stands alone.
            LogSplit(logger, fault, batch.Length);
            await CommitAsync(batch[..(batch.Length / 2)]);
            await CommitAsync(batch[(batch.Length / 2)..]);
        }
        catch (Exception fault)
        {
            LogGivenUp(logger, fault, batch.Length);
            foreach (var pending in batch)
            {
                pending.Done.SetException(fault);
            }
        }
    }

    private async Task<IReadOnlyList<TResult>> CommitOnceAsync(Pending[] batch)
    {
        TItem[] items = [.. batch.Select(pending => pending.Item)];
        var results = await commit(items);
        return results.Count == items.Length
            ? results
            : throw new InvalidOperationException($"{items.Length} items were committed with {results.Count} results.");
    }

    [LoggerMessage(LogIds.GroupCommitSplit, LogLevel.Warning, "A batch of {Count} items was refused as a whole; splitting it")]
    private static partial void LogSplit(ILogger logger, Exception fault, int count);

    [LoggerMessage(LogIds.GroupCommitGivenUp, LogLevel.Error, "Gave up committing {Count} items")]
    private static partial void LogGivenUp(ILogger logger, Exception fault, int count);

    private sealed class Pending(TItem item)
    {
        internal TItem Item { get; } = item;

        // Continuations must not run on the writer: it has the next batch to commit.
        internal TaskCompletionSource<TResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
