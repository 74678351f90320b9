namespace Tokens.Analytics.Contracts;

/// <summary>What analytics must know of refills; whoever sells tokens implements it.</summary>
public interface IRefillContext
{
    /// <summary>The packages that can be bought, in tokens, smallest first; at least one.</summary>
    IReadOnlyList<long> PackageTokens { get; }

    /// <summary>The member's settings, or those that hold for a member who has never set any.</summary>
    Task<RefillSettings> GetSettingsAsync(Guid memberId, CancellationToken cancellationToken);
}
