using Microsoft.Extensions.Hosting;
using Tokens.StripeSandbox.Switches;

namespace Tokens.StripeSandbox.Faults;

/// <summary>Makes requests late and decides what else goes wrong with them.</summary>
internal sealed class FaultInjection(
    StoredSwitches<FaultSwitches> switches, IChance chance, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>
    /// Returns when the request's work may begin. Its caller's going away ends no wait, as Stripe carries such a request out too; a stop
    /// of the sandbox ends all of them.
    /// </summary>
    internal async Task<Fault> StrikeAsync()
    {
        var present = switches.Current;
        if (present == FaultSwitches.Off)
        {
            return Fault.None;
        }

        var stallMilliseconds = chance.Draw() < present.StallRate ? present.StallMs : 0;
        await WaitAsync(TimeSpan.FromMilliseconds((double)present.LatencyMs + stallMilliseconds));
        return Pick(present, chance.Draw());
    }

    private async Task WaitAsync(TimeSpan wait)
    {
        if (wait == TimeSpan.Zero)
        {
            return;
        }

        // Canceled by a stop: the wait is over, and the work goes on.
        await Task.Delay(wait, time, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static Fault Pick(FaultSwitches switches, double draw)
    {
        ReadOnlySpan<(double Rate, Fault Fault)> faults =
        [
            (switches.DropConnectionRate, Fault.DropConnection),
            (switches.RateLimitRate, Fault.RateLimit),
            (switches.ErrorRate, Fault.Error),
            (switches.ErrorAfterEffectRate, Fault.ErrorAfterEffect),
            (switches.LostReplyRate, Fault.LostReply),
        ];
        var sum = 0d;
        foreach (var (rate, fault) in faults)
        {
            sum += rate;
            if (draw < sum)
            {
                return fault;
            }
        }

        return Fault.None;
    }
}
