using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;

namespace Tokens.Payments.Refills;

/// <summary>GET /api/tokens/settings/auto-refill.</summary>
internal static class GetRefillSettings
{
    internal static async Task<Ok<RefillSettingsResponse>> Handle(
        Caller caller, RefillPlans plans, RefillSettingsView view, CancellationToken cancellationToken) =>
        TypedResults.Ok(await view.ShowAsync(await plans.GetAsync(caller.Id, cancellationToken), "Auto-refill settings", cancellationToken));
}
