using Microsoft.EntityFrameworkCore;
using Tokens.Analytics.Data;
using Tokens.Analytics.Generations;
using Tokens.Analytics.RollUps;

namespace Tokens.Analytics.Ranges;

/// <summary>The roll-ups of one member's one side in a range of days.</summary>
internal sealed record RangeQuery(Guid MemberId, Side Side, LocalDays Days)
{
    internal FoldedRanges.Key Key => new(MemberId, Side, Days.Zone.Id, Days.First, Days.Count);

    /// <summary>The generation that is read, or as long as there is none the one being built, and what voids a fold of it.</summary>
    internal async Task<FoldedRanges.Basis> BasisAsync(AnalyticsDb context, CancellationToken cancellationToken)
    {
        var (memberId, side) = (MemberId, Side);
        return await context.Generations
            .Where(generation => generation.Status != GenerationStatus.Retired)
            .OrderBy(generation => generation.Status)
            .Select(generation => new FoldedRanges.Basis(
                generation.Id,
                context.LateArrivals
                    .Where(late => late.Generation == generation.Id && late.MemberId == memberId && late.Side == side)
                    .Select(late => late.Version).FirstOrDefault()))
            .FirstOrDefaultAsync(cancellationToken);
    }

    internal IQueryable<RangeRow> Rows(AnalyticsDb context, short generation, int since, int until = int.MaxValue)
    {
        var (memberId, side) = (MemberId, Side);
        return context.RollUps
            .Where(row => row.Generation == generation && row.MemberId == memberId && row.Side == side)
            .Where(row => row.Quarter >= since && row.Quarter < until)
            .OrderBy(row => row.Quarter)
            .Select(row => new RangeRow(row.Quarter, row.Kind, row.CounterpartyId, row.Tokens, row.Transfers, row.LastAt));
    }
}
