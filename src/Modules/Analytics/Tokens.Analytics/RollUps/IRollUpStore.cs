using Tokens.Analytics.Data;
using Tokens.Analytics.Generations;

namespace Tokens.Analytics.RollUps;

/// <summary>Set-based writing, inside the caller's transaction.</summary>
internal interface IRollUpStore
{
    /// <summary>The generations that count, which stay so until the transaction ends.</summary>
    Task<List<Generation>> HoldGenerationsAsync(AnalyticsDb db, CancellationToken cancellationToken);

    /// <summary>Keeps everybody from holding a generation, until the transaction ends.</summary>
    Task LockGenerationsAsync(AnalyticsDb db, CancellationToken cancellationToken);

    /// <summary>Notes that a generation counts these batches; only those that it hadn't counted before come back.</summary>
    Task<HashSet<Guid>> NoteAsync(
        AnalyticsDb db, short generation, IReadOnlyCollection<Guid> batchIds, DateTime now, CancellationToken cancellationToken);

    Task AddAsync(AnalyticsDb db, short generation, RollUpSums sums, CancellationToken cancellationToken);

    Task RaiseLateAsync(
        AnalyticsDb db, short generation, IReadOnlyList<(Guid MemberId, Side Side)> late, CancellationToken cancellationToken);
}
