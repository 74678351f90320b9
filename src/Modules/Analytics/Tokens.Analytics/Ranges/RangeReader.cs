using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Analytics.Data;
using Tokens.Analytics.RollUps;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Analytics.Ranges;

/// <summary>
/// Folds what a member spent or earned in a range. A few roll-ups are read each time; where they are many, those of quarters that are over
/// are folded once and kept, so that an answer costs what has been counted since.
/// </summary>
internal sealed class RangeReader(
    IModuleDb<AnalyticsDb> db, FoldedRanges folds, IOptions<AnalyticsOptions> options, TimeProvider time) : IDisposable
{
    // Long reads, one for each processor that is left for them.
    private readonly SemaphoreSlim _long = new(2);

    internal async Task<RangeFold> ReadAsync(Guid memberId, Side side, LocalDays days, CancellationToken cancellationToken)
    {
        var query = new RangeQuery(memberId, side, days);
        return await db.ReadAsync((context, token) => TryReadAsync(context, query, token), cancellationToken)
            ?? await FoldManyAsync(query, cancellationToken);
    }

    public void Dispose() => _long.Dispose();

    /// <summary>Null where there is too much to read each time and nothing is kept.</summary>
    private async Task<RangeFold?> TryReadAsync(AnalyticsDb context, RangeQuery query, CancellationToken cancellationToken)
    {
        var basis = await query.BasisAsync(context, cancellationToken);
        var kept = folds.Find(query.Key, basis);
        if (kept is not null && kept.UpTo >= FoldedUpTo())
        {
            return await AddAsync(new RangeFold(query.Days, kept.Fold), query.Rows(context, basis.Generation, kept.UpTo), cancellationToken);
        }

        var max = options.Value.RowsMax;
        var rows = await query.Rows(context, basis.Generation, kept?.UpTo ?? query.Days.FirstQuarter).Take(max + 1).ToListAsync(cancellationToken);
        if (rows.Count > max)
        {
            return null;
        }

        var fold = new RangeFold(query.Days, kept?.Fold);
        rows.ForEach(fold.Add);
        return fold;
    }

    private async Task<RangeFold> FoldManyAsync(RangeQuery query, CancellationToken cancellationToken)
    {
        await _long.WaitAsync(cancellationToken);
        try
        {
            return await db.ReadAtLengthAsync((context, token) => FoldManyAsync(context, query, token), cancellationToken);
        }
        finally
        {
            _long.Release();
        }
    }

    private async Task<RangeFold> FoldManyAsync(AnalyticsDb context, RangeQuery query, CancellationToken cancellationToken)
    {
        // Before the roll-ups: what comes late meanwhile voids the fold, whether it is in it or not.
        var basis = await query.BasisAsync(context, cancellationToken);
        var (kept, upTo) = (folds.Find(query.Key, basis), FoldedUpTo());
        if (kept is null || kept.UpTo < upTo)
        {
            var since = kept?.UpTo ?? query.Days.FirstQuarter;
            var fold = await AddAsync(
                RangeFold.CopyOf(query.Days, kept?.Fold),
                query.Rows(context, basis.Generation, since, upTo),
                cancellationToken);
            kept = new FoldedRanges.Folded(basis, upTo, fold);
            folds.Keep(query.Key, kept);
        }

        return await AddAsync(new RangeFold(query.Days, kept.Fold), query.Rows(context, basis.Generation, kept.UpTo), cancellationToken);
    }

    private static async Task<RangeFold> AddAsync(RangeFold fold, IQueryable<RangeRow> rows, CancellationToken cancellationToken)
    {
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            fold.Add(row);
        }

        return fold;
    }

    private int FoldedUpTo() => Quarters.Of(time.UtcNow() - RollUpCounter.FoldedAfter);
}
