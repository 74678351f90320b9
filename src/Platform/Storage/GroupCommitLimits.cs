namespace Tokens.Platform.Storage;

/// <summary>The bounds of a <see cref="GroupCommit{TItem,TResult}"/>; their ranges are checked where they are options.</summary>
/// <param name="Capacity">Items that may wait; one more is refused. 1 or more.</param>
/// <param name="BatchSizeMax">Most items committed together, 1 or more.</param>
/// <param name="AttemptsMax">Attempts at a batch while the database is away, 1 or more.</param>
/// <param name="RetryDelay">Pause before the second attempt; each further one waits twice as long.</param>
public sealed record GroupCommitLimits(int Capacity, int BatchSizeMax, int AttemptsMax, TimeSpan RetryDelay);
