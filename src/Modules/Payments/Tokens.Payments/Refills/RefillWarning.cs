namespace Tokens.Payments.Refills;

/// <summary>Codes of what keeps refills that are on from working as they are set, under the names of the wire.</summary>
internal static class RefillWarning
{
    internal const string NoPaymentMethod = "no_payment_method";
    internal const string PackageAboveLimit = "package_above_limit";
    internal const string PausedAfterDecline = "paused_after_decline";

    /// <summary>Lists the warnings of a plan; none while refills are off.</summary>
    /// <param name="plan">The member's.</param>
    /// <param name="method">The default payment method, as far as it is known.</param>
    /// <param name="shop">The packages and their prices.</param>
    /// <param name="options">The product's limits.</param>
    /// <param name="now">The present instant.</param>
    internal static IReadOnlyList<string> Of(
        RefillPlan plan, DefaultMethod method, PaymentsOptions shop, RefillOptions options, DateTime now)
    {
        var warnings = new List<string>();
        if (!plan.IsEnabled)
        {
            return warnings;
        }

        if (method is DefaultMethod.None)
        {
            warnings.Add(NoPaymentMethod);
        }

        // Where the forecast chooses, one package within the limit is enough.
        var priceMinor = plan.PackageTokens is { } tokens && shop.FindPackage(tokens) is { } package
            ? package.AmountMinor
            : shop.Packages.Min(each => each.AmountMinor);
        if (priceMinor > RefillLimit.LargestRefillMinor(plan, options))
        {
            warnings.Add(PackageAboveLimit);
        }

        if (plan.IsPaused(now, options) && (method is not DefaultMethod.Kept { Id: var id } || plan.IsPauseFor(id)))
        {
            warnings.Add(PausedAfterDecline);
        }

        return warnings;
    }
}
