using Tokens.Analytics.Data;
using Tokens.Analytics.Generations;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.RollUps;

/// <summary>Counts what the wallet posts, into the generation that is read and into one that is being built.</summary>
internal sealed class RollUpSubscriber(
    IModuleDb<AnalyticsDb> db, GenerationBook generations, IRollUpStore store, RollUpCounter counter, AnalyticsMetrics metrics, TimeProvider time)
    : IPostingSubscriber
{
    internal const string SubscriberName = "analytics";

    public string Name => SubscriberName;

    public async Task TakeAsync(IReadOnlyList<PostedBatch> batches, CancellationToken cancellationToken)
    {
        await generations.EnsureAsync(cancellationToken);
        await db.WriteAsync((context, token) => CountAsync(context, batches, token), cancellationToken);
        var now = time.UtcNow();
        foreach (var batch in batches)
        {
            metrics.RecordLag(now - batch.PostedAt);
        }
    }

    private async Task<bool> CountAsync(AnalyticsDb context, IReadOnlyList<PostedBatch> batches, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        foreach (var generation in await store.HoldGenerationsAsync(context, cancellationToken))
        {
            await counter.CountAsync(context, generation.Id, batches, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
