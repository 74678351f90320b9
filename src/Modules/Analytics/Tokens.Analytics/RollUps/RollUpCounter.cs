using Tokens.Analytics.Data;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.RollUps;

/// <summary>Counts batches into one generation, inside the caller's transaction; what the generation has counted before adds nothing.</summary>
internal sealed class RollUpCounter(IRollUpStore store, AnalyticsMetrics metrics, TimeProvider time)
{
    /// <summary>
    /// What was folded from quarters that ended before so long is kept; something that is counted in one of them all the same is late.
    /// Readers fold <see cref="FoldedAfter"/>, so that a count that is under way is never taken for punctual by one and late by the other.
    /// </summary>
    internal static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(2);

    internal static readonly TimeSpan FoldedAfter = TimeSpan.FromMinutes(4);

    internal async Task CountAsync(
        AnalyticsDb db, short generation, IReadOnlyList<PostedBatch> batches, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        var isNew = await store.NoteAsync(db, generation, [.. batches.Select(batch => batch.Id)], now, cancellationToken);
        metrics.CountBatches(isNew.Count, batches.Count - isNew.Count);
        // The first of equal batches is the new one.
        var sums = RollUpSums.Of(batches.Where(batch => isNew.Remove(batch.Id)));
        if (sums.Count == 0)
        {
            return;
        }

        await store.AddAsync(db, generation, sums, cancellationToken);
        var late = sums.LateBefore(Quarters.Of(now - LateAfter));
        if (late.Count > 0)
        {
            await store.RaiseLateAsync(db, generation, late, cancellationToken);
        }
    }
}
