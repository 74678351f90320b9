using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Tokens.Analytics.RollUps;

namespace Tokens.Analytics.Ranges;

/// <summary>Folds of ranges with many roll-ups, up to a quarter that is over; void once something was counted late.</summary>
internal sealed class FoldedRanges(IOptions<AnalyticsOptions> options) : IDisposable
{
    // A range has another first day tomorrow.
    private static readonly TimeSpan KeptUnused = TimeSpan.FromHours(2);

    // What an entry takes beside its counterparties.
    private const int Overhead = 100;

    private readonly MemoryCache _folds = new(new MemoryCacheOptions
    {
        SizeLimit = options.Value.FoldedCounterpartiesMax,
        // A fold may be a good part of all that is allowed: room for it comes at once.
        CompactionPercentage = 0.5,
    });

    internal Folded? Find(Key key, Basis basis) =>
        _folds.TryGetValue(key, out Folded? folded) && folded!.Basis == basis ? folded : null;

    internal void Keep(Key key, Folded folded) => _folds.Set(key, folded, new MemoryCacheEntryOptions
    {
        Size = folded.Fold.CounterpartyCount + Overhead,
        SlidingExpiration = KeptUnused,
    });

    public void Dispose() => _folds.Dispose();

    internal readonly record struct Key(Guid MemberId, Side Side, string Zone, DateOnly First, int Days);

    /// <summary>What the roll-ups were when they were folded: the generation, and how often something came late.</summary>
    internal readonly record struct Basis(short Generation, long LateVersion);

    /// <param name="Basis">What it was folded from.</param>
    /// <param name="UpTo">First quarter that isn't in it.</param>
    /// <param name="Fold">What is in it.</param>
    internal sealed record Folded(Basis Basis, int UpTo, RangeFold Fold);
}
