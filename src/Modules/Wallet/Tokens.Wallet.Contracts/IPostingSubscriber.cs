namespace Tokens.Wallet.Contracts;

/// <summary>
/// Is told of everything posted, from whichever host, at least once and in no order: batches that come together again after a fault may
/// have been taken before. So a subscriber remembers the batches it has taken, or acts on the present state.
/// </summary>
/// <remarks>Registered as a singleton. One that fails keeps nobody else waiting, and gets what it failed on again until it succeeds.</remarks>
public interface IPostingSubscriber
{
    /// <summary>Its name for ever, under which the wallet keeps what it hasn't taken yet; 1 to 32 characters.</summary>
    string Name { get; }

    /// <summary>Takes all of the batches, or throws and gets them again; the token ends when the host stops or after a bound.</summary>
    Task TakeAsync(IReadOnlyList<PostedBatch> batches, CancellationToken cancellationToken);
}
