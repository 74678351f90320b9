using Tokens.Platform.Caching;

namespace Tokens.Wallet.Ledger;

/// <summary>
/// Writes what a commit changed to where it is read from. The callers of that commit are answered after it, within its own bound; the
/// writer goes on with the next batch meanwhile.
/// </summary>
internal interface ICommitFollower
{
    /// <summary>Called before a transaction begins.</summary>
    CacheMoment Begin();

    /// <summary>Called once a batch is decided and committed. Doesn't throw.</summary>
    ValueTask FollowAsync(BatchResult batch);
}
