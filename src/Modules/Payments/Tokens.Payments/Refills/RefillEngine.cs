using Microsoft.Extensions.Options;
using Tokens.Payments.Purchases;
using Tokens.Payments.SavedMethods;
using Tokens.Platform.Inputs;
using Tokens.Platform.Switches;
using Tokens.Platform.Time;

namespace Tokens.Payments.Refills;

/// <summary>
/// Buys tokens for a member who is away, with the kept payment method. Whoever asks (the worker, a short tip, the member's client): a
/// member has one refill under way at most, and no two begin within a minute, on any number of hosts.
/// </summary>
internal sealed class RefillEngine(
    RefillPlans plans,
    RefillNeeds needs,
    RefillSpending spending,
    PendingRefills pending,
    SavedMethodBook methods,
    Checkout checkout,
    IOptions<PaymentsOptions> shopOptions,
    IOptions<RefillOptions> options,
    SwitchBoard switches,
    TimeProvider time)
{
    /// <param name="memberId">Whose balance.</param>
    /// <param name="trigger">One of <see cref="RefillTrigger"/>; null for whichever is due.</param>
    /// <param name="session">Where the member is, in the client's words.</param>
    /// <param name="required">What the balance must come to, for a payment that waits; null when none does.</param>
    /// <param name="key">The client's name for the request.</param>
    /// <param name="cancellationToken">Ends the waiting; a purchase that has begun goes on.</param>
    internal async Task<RefillResult> RunAsync(
        Guid memberId, string? trigger, string? session, long? required, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        if (!switches.IsOn(PaymentsSwitches.Buying) || !switches.IsOn(Switch.Changes))
        {
            return new RefillResult.NotMet("Buying is switched off.", time.UtcNow().AddSeconds(options.Value.PauseSeconds));
        }

        var plan = await plans.GetAsync(memberId, cancellationToken);
        if (!plan.IsEnabled || (RefillTrigger.IsSmart(trigger) && !plan.IsSmart))
        {
            return new RefillResult.NotEnabled();
        }

        var now = time.UtcNow();
        if (trigger is not null && !RefillTrigger.IsAllowedBy(plan, trigger))
        {
            return new RefillResult.NotMet("This reason is switched off.");
        }

        if (plan.PausedUntil > now)
        {
            return new RefillResult.NotMet("The last refill was declined.", plan.PausedUntil);
        }

        if (await needs.FindAsync(plan, trigger, required, cancellationToken) is not { } need)
        {
            return new RefillResult.NotMet("The balance needs no refill for this reason.");
        }

        return await methods.FindAsync(memberId, methodId: null, cancellationToken) is var (customerId, method)
            ? await PlaceAsync(plan, OrderOf(memberId, need, session, key, customerId, method.Id), now, cancellationToken)
            : new RefillResult.NotMet("No payment method is kept.");
    }

    private PurchaseOrder OrderOf(
        Guid memberId, RefillNeed need, string? session, IdempotencyKey? key, string customerId, string methodId) => new(
        memberId,
        PurchaseRoutes.SmartRefill,
        key,
        need.Tokens,
        shopOptions.Value.BonusTokensOf(need.Tokens),
        shopOptions.Value.FindPackage(need.Tokens)!.AmountMinor,
        methodId)
        {
            CustomerId = customerId,
            RefillTrigger = need.Trigger,
            MethodChoice = session,
        };

    private async Task<RefillResult> PlaceAsync(RefillPlan plan, PurchaseOrder order, DateTime now, CancellationToken cancellationToken)
    {
        var again = now.AddSeconds(options.Value.PauseSeconds);
        if (!await plans.TryBeginAsync(plan.MemberId, now, cancellationToken))
        {
            return await pending.StatusAsync(plan.MemberId, cancellationToken) is not null
                ? new RefillResult.UnderWay(again)
                : new RefillResult.NotMet("A refill has just been made.", again);
        }

        try
        {
            // Nobody else begins one now, so that the sums stay as they are.
            return await spending.AllowsAsync(plan, order.AmountMinor, now, cancellationToken)
                ? new RefillResult.Placed(await checkout.PlaceAsync(order, complete: null, cancellationToken))
                : new RefillResult.NotMet("The limit for refills is reached.");
        }
        catch
        {
            // What had no chance to begin keeps no other one waiting; one that did is held by the index of its row.
            await plans.GiveBackAsync(plan.MemberId, now);
            throw;
        }
    }
}
