using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Payments.Charging;

namespace Tokens.Payments.SavedMethods;

/// <summary>Calls to Stripe on the payment methods that it keeps for customers.</summary>
internal sealed partial class AttachedMethods(
    PaymentMethodService stripe, StripePipeline pipeline, IOptions<PaymentsOptions> options, ILogger<AttachedMethods> logger)
{
    private const int RestartsMax = 3;

    /// <summary>Returns what Stripe keeps for the customer, newest first, over all pages up to the limit.</summary>
    /// <param name="customer">The customer; its default is returned also from beyond the limit.</param>
    /// <param name="wantedId">A payment method that is returned also from beyond the limit; null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StripeException">Stripe refuses, or has no such customer.</exception>
    internal async Task<IReadOnlyList<PaymentMethod>> ListAsync(
        StripeCustomer customer, string? wantedId, CancellationToken cancellationToken)
    {
        for (var restart = 0; ; restart++)
        {
            try
            {
                var (methods, isCut) = await ReadPagesAsync(customer.CustomerId, cancellationToken);
                return isCut ? [.. methods, .. await FindBeyondAsync(customer, wantedId, methods, cancellationToken)] : methods;
            }
            // The last one of a page was removed before the next page was read.
            catch (StripeException fault) when (StripeFaults.IsCursorMissing(fault) && restart < RestartsMax)
            {
            }
        }
    }

    /// <summary>Returns a payment method of any customer or none; null when Stripe has none of that id.</summary>
    /// <exception cref="StripeException">Stripe refuses.</exception>
    internal async Task<PaymentMethod?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.RepeatableAsync(
                "payment_methods.retrieve", attempt => stripe.GetAsync(id, cancellationToken: attempt), cancellationToken);
        }
        catch (StripeException fault) when (StripeFaults.IsInvalidPaymentMethod(fault))
        {
            return null;
        }
    }

    /// <summary>Has Stripe keep the payment method no longer; it may be gone already.</summary>
    /// <exception cref="StripeException">Stripe refuses.</exception>
    internal async Task DetachAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.RepeatableAsync(
                "payment_methods.detach", attempt => stripe.DetachAsync(id, cancellationToken: attempt), cancellationToken);
        }
        // A repeat, or another request: it is kept no longer.
        catch (StripeException fault) when (StripeFaults.IsInvalidPaymentMethod(fault))
        {
        }
    }

    private async Task<(List<PaymentMethod> Methods, bool IsCut)> ReadPagesAsync(string customerId, CancellationToken cancellationToken)
    {
        var (pageSize, max) = (options.Value.SavedMethodsPageSize, options.Value.SavedMethodsReadMax);
        var methods = new List<PaymentMethod>();
        while (true)
        {
            var query = new PaymentMethodListOptions
            {
                Customer = customerId,
                Type = "card",
                Limit = Math.Min(pageSize, max - methods.Count),
                StartingAfter = methods.LastOrDefault()?.Id,
            };
            var page = await pipeline.RepeatableAsync(
                "payment_methods.list", attempt => stripe.ListAsync(query, cancellationToken: attempt), cancellationToken);
            methods.AddRange(page.Data);
            if (!page.HasMore || page.Data.Count == 0 || methods.Count >= max)
            {
                return (methods, page.HasMore);
            }
        }
    }

    private async Task<List<PaymentMethod>> FindBeyondAsync(
        StripeCustomer customer, string? wantedId, List<PaymentMethod> read, CancellationToken cancellationToken)
    {
        LogCut(logger, read.Count, customer.CustomerId);
        var found = new List<PaymentMethod>();
        foreach (var id in new[] { wantedId, customer.DefaultMethodId }.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (!read.Exists(method => method.Id == id)
                && await FindAsync(id, cancellationToken) is { } method && method.CustomerId == customer.CustomerId)
            {
                found.Add(method);
            }
        }

        return found;
    }

    [LoggerMessage(LogIds.AttachedMethodsCut, LogLevel.Warning, "Only the newest {Count} payment methods of Stripe's customer {CustomerId} are read; SavedMethodsReadMax limits it")]
    private static partial void LogCut(ILogger logger, int count, string customerId);
}
