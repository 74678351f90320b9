using Microsoft.EntityFrameworkCore;
using Tokens.Analytics.Data;
using Tokens.Analytics.Generations;

namespace Tokens.Analytics.RollUps;

/// <summary>Reads the rows that it changes: its process is alone with the file, and one writer writes at a time.</summary>
internal sealed class SqliteRollUpStore : IRollUpStore
{
    public Task<List<Generation>> HoldGenerationsAsync(AnalyticsDb db, CancellationToken cancellationToken) =>
        db.Generations.AsNoTracking().Where(generation => generation.Status != GenerationStatus.Retired)
            .OrderBy(generation => generation.Id).ToListAsync(cancellationToken);

    public Task LockGenerationsAsync(AnalyticsDb db, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<HashSet<Guid>> NoteAsync(
        AnalyticsDb db, short generation, IReadOnlyCollection<Guid> batchIds, DateTime now, CancellationToken cancellationToken)
    {
        var known = await db.Inbox.Where(batch => batch.Generation == generation && batchIds.Contains(batch.BatchId))
            .Select(batch => batch.BatchId).ToListAsync(cancellationToken);
        HashSet<Guid> isNew = [.. batchIds.Except(known)];
        db.Inbox.AddRange(isNew.Select(id => new CountedBatch { Generation = generation, BatchId = id, CountedAt = now }));
        await db.SaveChangesAsync(cancellationToken);
        return isNew;
    }

    public async Task AddAsync(AnalyticsDb db, short generation, RollUpSums sums, CancellationToken cancellationToken)
    {
        var added = sums.Ordered;
        var members = added.Select(row => row.Key.MemberId).Distinct().ToList();
        var (first, last) = (added.Min(row => row.Key.Quarter), added.Max(row => row.Key.Quarter));
        var rows = await db.RollUps
            .Where(row => row.Generation == generation && members.Contains(row.MemberId) && row.Quarter >= first && row.Quarter <= last)
            .ToDictionaryAsync(row => new RollUpSums.Key(row.MemberId, row.Side, row.Quarter, row.Kind, row.CounterpartyId), cancellationToken);
        foreach (var (key, sum) in added)
        {
            if (rows.TryGetValue(key, out var row))
            {
                row.Tokens = checked(row.Tokens + sum.Tokens);
                row.Transfers = checked(row.Transfers + sum.Transfers);
                row.LastAt = sum.LastAt > row.LastAt ? sum.LastAt : row.LastAt;
            }
            else
            {
                db.RollUps.Add(NewRow(generation, key, sum));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task RaiseLateAsync(
        AnalyticsDb db, short generation, IReadOnlyList<(Guid MemberId, Side Side)> late, CancellationToken cancellationToken)
    {
        var members = late.Select(each => each.MemberId).Distinct().ToList();
        var rows = await db.LateArrivals.Where(row => row.Generation == generation && members.Contains(row.MemberId))
            .ToDictionaryAsync(row => (row.MemberId, row.Side), cancellationToken);
        foreach (var each in late)
        {
            if (rows.TryGetValue(each, out var row))
            {
                row.Version++;
            }
            else
            {
                db.LateArrivals.Add(new LateArrival { Generation = generation, MemberId = each.MemberId, Side = each.Side, Version = 1 });
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static RollUp NewRow(short generation, RollUpSums.Key key, RollUpSums.Sum sum) => new()
    {
        Generation = generation,
        MemberId = key.MemberId,
        Side = key.Side,
        Quarter = key.Quarter,
        Kind = key.Kind,
        CounterpartyId = key.CounterpartyId,
        Tokens = sum.Tokens,
        Transfers = sum.Transfers,
        LastAt = sum.LastAt,
    };
}
