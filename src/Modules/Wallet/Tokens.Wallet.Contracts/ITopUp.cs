namespace Tokens.Wallet.Contracts;

/// <summary>What the wallet asks for before it refuses a member who is short; whoever sells tokens implements it.</summary>
public interface ITopUp
{
    /// <summary>Refills the balance to at least so many tokens, if the member wants that, within a few seconds.</summary>
    Task<TopUpOutcome> TryAsync(Guid memberId, long requiredTokens, CancellationToken cancellationToken);
}

/// <summary>How a question for a refill ended.</summary>
public enum TopUpOutcome
{
    /// <summary>There is no refill.</summary>
    None = 0,

    /// <summary>One is under way.</summary>
    Pending = 1,

    /// <summary>The tokens are there: try again.</summary>
    Done = 2,
}
