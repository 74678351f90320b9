using Microsoft.Extensions.Options;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.Recovery;

/// <summary>When something is tried again: the more often it failed, the later.</summary>
internal sealed class RetryPauses(IOptions<RecoveryOptions> options, TimeProvider time)
{
    private const int DoublingsMax = 20;

    private TimeSpan Longest => TimeSpan.FromSeconds(Math.Max(
        options.Value.LongestPauseSeconds, Math.Max(options.Value.RollBackAfterSeconds, options.Value.FinishAfterSeconds)));

    /// <summary>No pause that begins now, or began before, ends later.</summary>
    internal DateTime Latest => time.UtcNow() + Longest;

    internal DateTime After(int failures)
    {
        var pause = TimeSpan.FromMilliseconds(options.Value.PauseMilliseconds) * Math.Pow(2, Math.Min(failures, DoublingsMax));
        return time.UtcNow() + (pause < Longest ? pause : Longest);
    }
}
