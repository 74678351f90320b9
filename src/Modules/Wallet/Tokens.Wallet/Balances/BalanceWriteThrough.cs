using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Caching;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.Balances;

/// <summary>Writes the balances of a commit to the cache before its callers are answered, all of them in one command.</summary>
internal sealed class BalanceWriteThrough([FromKeyedServices(Balance.CacheName)] IFigureCache cache) : ICommitFollower
{
    public CacheMoment Begin() => cache.Now();

    public ValueTask FollowAsync(BatchResult batch)
    {
        if (batch.Balances.Count == 0)
        {
            return ValueTask.CompletedTask;
        }

        // Whether they arrived is the cache's own care.
        var writing = cache.WriteAsync(batch.Before, batch.Balances);
        return writing.IsCompletedSuccessfully ? ValueTask.CompletedTask : new ValueTask(writing.AsTask());
    }
}
