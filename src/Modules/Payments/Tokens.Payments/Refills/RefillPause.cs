using Microsoft.Extensions.Options;
using Tokens.Payments.SavedMethods;
using Tokens.Platform.Problems;

namespace Tokens.Payments.Refills;

/// <summary>The pause after a decline. It concerns the payment method that was declined, so another default method ends it.</summary>
internal sealed class RefillPause(RefillPlans plans, SavedMethodBook methods, IOptions<RefillOptions> options)
{
    /// <summary>Returns whether refills are paused, and ends a pause that another default method has made void.</summary>
    internal async Task<bool> HoldsAsync(RefillPlan plan, DateTime now, CancellationToken cancellationToken)
    {
        if (!plan.IsPaused(now, options.Value))
        {
            return false;
        }

        // The pause may have begun anew for that very method while Stripe was asked, so the row decides.
        return await ReplacementAsync(plan, cancellationToken) is not { } methodId
            || !await plans.EndPauseAsync(plan.MemberId, methodId, cancellationToken);
    }

    private async Task<string?> ReplacementAsync(RefillPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await methods.FindAsync(plan.MemberId, methodId: null, cancellationToken) is var (_, method)
                && !plan.IsPauseFor(method.Id) ? method.Id : null;
        }
        // While Stripe is unavailable the pause simply goes on.
        catch (ProblemException)
        {
            return null;
        }
    }
}
