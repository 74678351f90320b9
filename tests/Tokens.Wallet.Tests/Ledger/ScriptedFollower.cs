using Tokens.Platform.Caching;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.Tests.Ledger;

/// <summary>Follows commits as a test says; by default it is done at once.</summary>
internal sealed class ScriptedFollower : ICommitFollower
{
    internal Func<BatchResult, Task> Follow { get; set; } = static _ => Task.CompletedTask;

    internal int Begun { get; private set; }

    internal int Followed { get; private set; }

    public CacheMoment Begin()
    {
        Begun++;
        return default;
    }

    public ValueTask FollowAsync(BatchResult batch)
    {
        Followed++;
        return new ValueTask(Follow(batch));
    }
}
