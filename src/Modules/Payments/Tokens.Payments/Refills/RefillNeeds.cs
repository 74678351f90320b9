using Microsoft.Extensions.Options;
using Tokens.Analytics.Contracts;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Refills;

/// <summary>Finds out whether a balance needs a refill, for which reason and of which size.</summary>
internal sealed class RefillNeeds(RefillPlans plans, IWalletLedger wallet, IRefillForecast forecasts, IOptions<PaymentsOptions> shopOptions)
{
    /// <param name="plan">The member's.</param>
    /// <param name="trigger">The only reason that counts; null for any that the plan allows, the threshold before all others.</param>
    /// <param name="required">What the balance must come to, for a payment that waits; null when none does.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null when nothing is to be bought.</returns>
    internal async Task<RefillNeed?> FindAsync(RefillPlan plan, string? trigger, long? required, CancellationToken cancellationToken)
    {
        var balance = await wallet.GetBalanceAsync(plan.MemberId, cancellationToken);
        var isShort = required > balance;
        if (!RefillTrigger.IsSmart(trigger) && (isShort || balance < plan.ThresholdTokens))
        {
            var forecast = plan.PackageTokens is null ? await forecasts.ForecastAsync(plan.MemberId, cancellationToken) : null;
            return NeedOf(RefillTrigger.LowBalance, SizeFor(plan, forecast, balance, required ?? 0));
        }

        if (trigger == RefillTrigger.LowBalance || (trigger is null && !await plans.TryTakeSmartLookAsync(plan.MemberId, cancellationToken)))
        {
            return null;
        }

        var foreseen = await forecasts.ForecastAsync(plan.MemberId, cancellationToken);
        var due = foreseen.Triggers.FirstOrDefault(
            each => RefillTrigger.IsSmart(each) && (trigger is null ? RefillTrigger.IsAllowedBy(plan, each) : each == trigger));
        return due is null ? null : NeedOf(due, plan.PackageTokens ?? foreseen.RecommendedTokens);
    }

    private static RefillNeed? NeedOf(string trigger, long? tokens) => tokens is { } package ? new RefillNeed(trigger, package) : null;

    private long? SizeFor(RefillPlan plan, RefillForecast? forecast, long balance, long required)
    {
        var chosen = plan.PackageTokens ?? forecast!.RecommendedTokens;
        if (balance + chosen >= required)
        {
            return chosen;
        }

        // The forecast's size gives way to what is needed now; the member's own choice doesn't.
        return plan.PackageTokens is null
            ? shopOptions.Value.Packages.Select(package => (long?)package.Tokens).Order().FirstOrDefault(package => balance + package >= required)
            : null;
    }
}
