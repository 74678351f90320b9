namespace Tokens.Platform.Storage;

/// <summary>The bounds of a <see cref="GroupCommit{TItem,TResult}"/>; their ranges are checked where they are options.</summary>
/// <param name="Capacity">Items that may wait; one more is refused. 1 or more.</param>
/// <param name="BatchSizeMax">Most items committed together, 1 or more.</param>
public sealed record GroupCommitLimits(int Capacity, int BatchSizeMax);
