namespace Tokens.Platform.RateLimits;

/// <summary>What is counted under one key.</summary>
internal interface IPartition
{
    /// <summary>Whether forgetting it at that moment would change nothing.</summary>
    /// <param name="now">Ticks on the clock of its <see cref="Partitions{TPartition}"/>.</param>
    bool IsIdle(long now);
}
