using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Time;

namespace Tokens.Payments.Refills;

/// <summary>GET /api/tokens/settings/auto-refill.</summary>
internal static class GetRefillSettings
{
    internal static async Task<Ok<RefillSettingsResponse>> Handle(
        Caller caller, RefillPlans plans, PendingRefills pending, TimeProvider time, CancellationToken cancellationToken)
    {
        var plan = await plans.GetAsync(caller.Id, cancellationToken);
        return TypedResults.Ok(RefillSettingsResponse.Of(plan, await pending.FindAsync(caller.Id, cancellationToken), "Auto-refill settings", time.UtcNow()));
    }
}
