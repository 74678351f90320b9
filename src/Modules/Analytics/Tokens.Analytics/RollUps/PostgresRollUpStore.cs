using Microsoft.EntityFrameworkCore;
using Tokens.Analytics.Data;
using Tokens.Analytics.Generations;

namespace Tokens.Analytics.RollUps;

/// <summary>A statement a table, whatever the number of rows, each an array a column.</summary>
internal sealed class PostgresRollUpStore : IRollUpStore
{
    // Doesn't wait for a replay that notes how far it is, which changes no key.
    public Task<List<Generation>> HoldGenerationsAsync(AnalyticsDb db, CancellationToken cancellationToken) => db.Generations
        .FromSql($"SELECT * FROM analytics.generations WHERE status < 3 ORDER BY id FOR KEY SHARE")
        .AsNoTracking().ToListAsync(cancellationToken);

    public Task LockGenerationsAsync(AnalyticsDb db, CancellationToken cancellationToken) => db.Generations
        .FromSql($"SELECT * FROM analytics.generations WHERE status < 3 ORDER BY id FOR UPDATE")
        .AsNoTracking().ToListAsync(cancellationToken);

    public async Task<HashSet<Guid>> NoteAsync(
        AnalyticsDb db, short generation, IReadOnlyCollection<Guid> batchIds, DateTime now, CancellationToken cancellationToken)
    {
        // In one order on every host: two that get the same batches at once would lock each other out.
        Guid[] ids = [.. batchIds.Order()];
        var isNew = await db.Database.SqlQuery<Guid>(
            $"""
            INSERT INTO analytics.inbox (generation, batch_id, counted_at)
            SELECT {generation}, id, {now} FROM unnest({ids}) AS id
            ON CONFLICT (generation, batch_id) DO NOTHING
            RETURNING batch_id AS "Value"
            """).ToListAsync(cancellationToken);
        return [.. isNew];
    }

    public Task AddAsync(AnalyticsDb db, short generation, RollUpSums sums, CancellationToken cancellationToken)
    {
        var rows = sums.Ordered;
        Guid[] members = [.. rows.Select(row => row.Key.MemberId)];
        short[] sides = [.. rows.Select(row => (short)row.Key.Side)];
        int[] quarters = [.. rows.Select(row => row.Key.Quarter)];
        short[] kinds = [.. rows.Select(row => (short)row.Key.Kind)];
        Guid[] counterparties = [.. rows.Select(row => row.Key.CounterpartyId)];
        long[] tokens = [.. rows.Select(row => row.Sum.Tokens)];
        int[] transfers = [.. rows.Select(row => row.Sum.Transfers)];
        DateTime[] lasts = [.. rows.Select(row => row.Sum.LastAt)];
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO analytics.roll_ups AS r
                (generation, member_id, side, quarter, kind, counterparty_id, tokens, transfers, last_at)
            SELECT {generation}, member_id, side, quarter, kind, counterparty_id, tokens, transfers, last_at
            FROM unnest({members}, {sides}, {quarters}, {kinds}, {counterparties}, {tokens}, {transfers}, {lasts})
                AS n (member_id, side, quarter, kind, counterparty_id, tokens, transfers, last_at)
            ON CONFLICT (generation, member_id, side, quarter, kind, counterparty_id) DO UPDATE
            SET tokens = r.tokens + EXCLUDED.tokens, transfers = r.transfers + EXCLUDED.transfers,
                last_at = GREATEST(r.last_at, EXCLUDED.last_at)
            """,
            cancellationToken);
    }

    public Task RaiseLateAsync(
        AnalyticsDb db, short generation, IReadOnlyList<(Guid MemberId, Side Side)> late, CancellationToken cancellationToken)
    {
        Guid[] members = [.. late.Select(each => each.MemberId)];
        short[] sides = [.. late.Select(each => (short)each.Side)];
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO analytics.late_arrivals AS l (generation, member_id, side, version)
            SELECT {generation}, member_id, side, 1 FROM unnest({members}, {sides}) AS n (member_id, side)
            ON CONFLICT (generation, member_id, side) DO UPDATE SET version = l.version + 1
            """,
            cancellationToken);
    }
}
