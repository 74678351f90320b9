using Microsoft.Extensions.Options;
using Tokens.Payments.Packages;
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
    RefillPause pause,
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
            return new RefillResult.NotMet("Buying is switched off.", time.UtcNow() + options.Value.Pause);
        }

        var plan = await plans.GetAsync(memberId, cancellationToken);
        if (!plan.IsEnabled || (RefillTrigger.IsSmart(trigger) && !plan.IsSmart))
        {
            return new RefillResult.NotEnabled(
                plan.DisabledReason == RefillOutcomes.Declined ? "Refills are off, because payments were declined." : null);
        }

        var now = time.UtcNow();
        if (trigger is not null && !RefillTrigger.IsAllowedBy(plan, trigger))
        {
            return new RefillResult.NotMet("This reason is switched off.");
        }

        if (await pause.HoldsAsync(plan, now, cancellationToken))
        {
            return new RefillResult.NotMet("The last refill was declined. Another default payment method ends the pause.", plan.PausedUntil);
        }

        if (await needs.FindAsync(plan, trigger, required, cancellationToken) is not { } need)
        {
            return new RefillResult.NotMet("The balance needs no refill for this reason.");
        }

        if (shopOptions.Value.FindPackage(need.Tokens) is not { } package)
        {
            return new RefillResult.NotMet("The chosen package is no longer sold.", now + options.Value.SmartPause);
        }

        return await methods.FindAsync(memberId, methodId: null, cancellationToken) is var (customerId, method)
            ? await PlaceAsync(plan, OrderOf(memberId, need, package, session, key, customerId, method.Id), now, cancellationToken)
            : new RefillResult.NotMet("No payment method is kept.", now + options.Value.SmartPause);
    }

    /// <summary>The part of an order that the client chose, by which a repeat under the same key is recognised.</summary>
    internal static PurchaseOrder RequestOf(Guid memberId, string trigger, string? session, IdempotencyKey key) =>
        new(memberId, PurchaseRoutes.SmartRefill, key, Tokens: 0, BonusTokens: 0, AmountMinor: 0, PaymentMethodId: "")
        {
            RefillTrigger = trigger,
            MethodChoice = session,
        };

    private PurchaseOrder OrderOf(
        Guid memberId, RefillNeed need, TokenPackage package, string? session, IdempotencyKey? key, string customerId, string methodId) => new(
        memberId,
        PurchaseRoutes.SmartRefill,
        key,
        need.Tokens,
        shopOptions.Value.BonusTokensOf(need.Tokens),
        package.AmountMinor,
        methodId)
        {
            CustomerId = customerId,
            RefillTrigger = need.Trigger,
            MethodChoice = session,
        };

    private async Task<RefillResult> PlaceAsync(RefillPlan plan, PurchaseOrder order, DateTime now, CancellationToken cancellationToken)
    {
        var again = now + options.Value.Pause;
        if (!await plans.TryBeginAsync(plan.MemberId, now, cancellationToken))
        {
            return await pending.StatusAsync(plan.MemberId, cancellationToken) is not null
                ? new RefillResult.UnderWay(again)
                : new RefillResult.NotMet("The last refill was begun a moment ago.", again);
        }

        try
        {
            // Read again, since the limits may have been changed meanwhile; no other refill begins now, so that the sums stay as they are.
            plan = await plans.GetAsync(plan.MemberId, cancellationToken);
            if (await spending.RefusalAsync(plan, order.AmountMinor, now, cancellationToken) is { } refusal)
            {
                await plans.GiveBackAsync(plan.MemberId, now);
                return new RefillResult.NotMet(refusal, now + options.Value.SmartPause);
            }

            return new RefillResult.Placed(await checkout.PlaceAsync(order, complete: null, cancellationToken));
        }
        // A caller that has left does not end what was begun.
        catch when (!cancellationToken.IsCancellationRequested)
        {
            // What had no chance to begin keeps no other one waiting; one that did is held by the index of its row.
            await plans.GiveBackAsync(plan.MemberId, now);
            throw;
        }
    }
}
