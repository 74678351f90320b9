using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;

namespace Tokens.Payments.Refills;

/// <summary>PATCH /api/tokens/settings/auto-refill: what is left out stays as it is.</summary>
internal static class PatchRefillSettings
{
    private const string Title = "Invalid auto-refill settings";
    private const string PackageName = "autoRefillPackage";
    private static readonly WholeNumberRule PackageRule = new(PackageName, "Invalid refill package", 0);
    private static readonly WholeNumberRule ThresholdRule = new("refillThreshold", "Invalid refill threshold", 0, 10_000_000);

    // Stripe's smallest charge, and more than anybody spends.
    private static readonly UsdRule DailyRule = new("dailyLimitUsd", "Invalid daily limit", 50, 100_000_000);
    private static readonly UsdRule MonthlyRule = new("monthlyLimitUsd", "Invalid monthly limit", 50, 100_000_000);

    internal sealed record Request(
        bool IsEnabled,
        Setting Package,
        bool? IsSmart,
        long? ThresholdTokens,
        bool? AtPeakHours,
        bool? BeforeWeekends,
        bool? ForFavoriteCreators,
        Setting DailyLimit,
        Setting MonthlyLimit,
        string? TimeZone) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            var body = input.Body;
            return new Request(
                body.RequiredFlag("autoRefillEnabled", Title),
                ReadPackage(input),
                body.OptionalFlag("smartRefillEnabled", Title),
                body.OptionalWholeNumber(ThresholdRule),
                body.OptionalFlag("peakHourRefill", Title),
                body.OptionalFlag("weekendRefill", Title),
                body.OptionalFlag("favoriteCreatorRefill", Title),
                ReadLimit(body, DailyRule),
                ReadLimit(body, MonthlyRule),
                body.OptionalTimeZone("timeZone", "Invalid time zone")?.Id);
        }

        private static Setting ReadPackage(InputReader input)
        {
            var tokens = input.Body.OptionalWholeNumber(PackageRule);
            if (tokens > 0 && input.Options<PaymentsOptions>() is { } shop && shop.FindPackage(tokens.Value) is null)
            {
                input.Fault(PackageName, PackageRule.Title, $"{PackageName} must be a package that can be bought, or 0 for the forecast's.");
                input.FaultMember("validAmounts", shop.Packages.Select(package => package.Tokens).ToList());
            }

            return new Setting(tokens is not null || input.Body.IsNull(PackageName), tokens == 0 ? null : tokens);
        }

        private static Setting ReadLimit(FieldReader body, UsdRule rule)
        {
            var amountMinor = body.OptionalUsd(rule);
            return new Setting(amountMinor is not null || body.IsNull(rule.Name), amountMinor);
        }
    }

    internal static async Task<Ok<RefillSettingsResponse>> Handle(
        Input<Request> input,
        Caller caller,
        RefillPlans plans,
        RefillSettingsView view,
        CancellationToken cancellationToken)
    {
        var plan = await plans.ChangeAsync(caller.Id, input.Value, cancellationToken);
        return TypedResults.Ok(await view.ShowAsync(plan, "Auto-refill settings updated", cancellationToken));
    }
}
