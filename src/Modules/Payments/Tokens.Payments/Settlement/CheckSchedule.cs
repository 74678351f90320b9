using Microsoft.Extensions.Options;
using Tokens.Payments.Purchases;
using Tokens.Platform.Time;

namespace Tokens.Payments.Settlement;

/// <summary>When a purchase is looked at next.</summary>
internal sealed class CheckSchedule(IOptions<SettlementOptions> options, TimeProvider time)
{
    private const double ShareOfAge = 0.25;

    /// <summary>When purchases are due by the time of their next check.</summary>
    internal DueTimes Due
    {
        get
        {
            var settings = options.Value;
            var seconds = Math.Max(settings.LongestPauseSeconds, settings.FirstCheckSeconds);
            return DueTimes.OfEnds(time, Pause > TimeSpan.FromSeconds(seconds) ? Pause : TimeSpan.FromSeconds(seconds));
        }
    }

    private TimeSpan Pause => TimeSpan.FromMilliseconds(options.Value.PauseMilliseconds);

    /// <summary>Of a purchase that a caller waits for: after every answer that the caller can get.</summary>
    internal DateTime First => time.UtcNow().AddSeconds(options.Value.FirstCheckSeconds);

    internal DateTime Soon => time.UtcNow() + Pause;

    /// <summary>After a look that changed nothing: the older, the longer.</summary>
    internal DateTime Later(Purchase purchase)
    {
        var now = time.UtcNow();
        var pause = (now - (purchase.FinishedAt ?? purchase.CreatedAt)) * ShareOfAge;
        var longest = TimeSpan.FromSeconds(options.Value.LongestPauseSeconds);
        return now + (pause < Pause ? Pause : pause > longest ? longest : pause);
    }

    /// <summary>Whether the purchase has had all the time that a member gets.</summary>
    internal bool IsOverdue(Purchase purchase) =>
        time.UtcNow() - (purchase.FinishedAt ?? purchase.CreatedAt)
            >= TimeSpan.FromHours(purchase.RefillTrigger is null ? options.Value.GiveUpHours : options.Value.RefillGiveUpHours);
}
