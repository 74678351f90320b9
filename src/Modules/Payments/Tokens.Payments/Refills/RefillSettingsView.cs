using Microsoft.Extensions.Options;
using Tokens.Payments.SavedMethods;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;

namespace Tokens.Payments.Refills;

/// <summary>Shows a member's refill settings together with the refill under way and the warnings.</summary>
internal sealed class RefillSettingsView(
    PendingRefills pending,
    SavedMethodBook methods,
    IOptions<PaymentsOptions> shop,
    IOptions<RefillOptions> options,
    TimeProvider time)
{
    internal async Task<RefillSettingsResponse> ShowAsync(RefillPlan plan, string message, CancellationToken cancellationToken)
    {
        var method = FindMethodAsync(plan, cancellationToken);
        var refill = await pending.FindAsync(plan.MemberId, cancellationToken);
        var now = time.UtcNow();
        return RefillSettingsResponse.Of(
            plan, refill, RefillWarning.Of(plan, await method, shop.Value, options.Value, now), message, now);
    }

    // Settings are shown and changed without Stripe too; then nothing is said about the payment method.
    private async Task<DefaultMethod> FindMethodAsync(RefillPlan plan, CancellationToken cancellationToken)
    {
        if (!plan.IsEnabled)
        {
            return new DefaultMethod.Unknown();
        }

        using var soon = new CancellationTokenSource(options.Value.WarningsWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(soon.Token, cancellationToken);
        try
        {
            return await methods.FindAsync(plan.MemberId, methodId: null, either.Token) is var (_, method)
                ? new DefaultMethod.Kept(method.Id)
                : new DefaultMethod.None();
        }
        catch (Exception fault) when (fault is ProblemException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new DefaultMethod.Unknown();
        }
    }
}
