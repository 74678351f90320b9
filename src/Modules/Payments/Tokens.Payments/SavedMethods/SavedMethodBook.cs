using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Platform.Problems;

namespace Tokens.Payments.SavedMethods;

/// <summary>A member's kept payment methods, by Stripe's word of this moment: nothing here can differ from it.</summary>
internal sealed class SavedMethodBook(
    StripeCustomers customers, PaymentMethodService stripe, StripePipeline pipeline, IOptions<PaymentsOptions> options)
{
    private static readonly Problem NotFound = new(
        ProblemKind.NotFound with { Title = "Payment method not found" }, "There is no such kept payment method.");

    /// <summary>Oldest first.</summary>
    /// <exception cref="ProblemException">Stripe doesn't answer.</exception>
    internal async Task<(StripeCustomer? Customer, IReadOnlyList<SavedMethod> Methods)> ListAsync(
        Guid memberId, CancellationToken cancellationToken)
    {
        if (await customers.FindAsync(memberId, cancellationToken) is not { } customer)
        {
            return (null, []);
        }

        var query = new PaymentMethodListOptions { Customer = customer.CustomerId, Type = "card", Limit = options.Value.SavedMethodsMax };
        var list = await customers.AskAsync(
            token => pipeline.RepeatableAsync("payment_methods.list", attempt => stripe.ListAsync(query, cancellationToken: attempt), token),
            cancellationToken);
        list.Data.Reverse();
        var kept = list.Data.OrderBy(method => method.Created).ToList();
        var chosen = kept.Find(method => method.Id == customer.DefaultMethodId) ?? kept.FirstOrDefault();
        return (customer, [.. kept.Select(method => new SavedMethod(
            method.Id,
            method.Card?.Brand ?? "unknown",
            method.Card?.Last4 ?? "",
            method.Card?.ExpMonth ?? 0,
            method.Card?.ExpYear ?? 0,
            method == chosen))]);
    }

    /// <summary>The member's own method of that id, or the default one; null when none is kept and none was named.</summary>
    /// <exception cref="ProblemException">There is none of that id, or Stripe doesn't answer.</exception>
    internal async Task<(string CustomerId, SavedMethod Method)?> FindAsync(
        Guid memberId, string? methodId, CancellationToken cancellationToken)
    {
        var (customer, methods) = await ListAsync(memberId, cancellationToken);
        var method = methods.FirstOrDefault(each => methodId is null ? each.IsDefault : each.Id == methodId);
        return method is not null ? (customer!.CustomerId, method)
            : methodId is null ? null
            : throw new ProblemException(NotFound);
    }

    /// <summary>Has Stripe keep it no longer; the default goes to the oldest that is left.</summary>
    /// <exception cref="ProblemException">There is none of that id, or Stripe doesn't answer.</exception>
    internal async Task RemoveAsync(Guid memberId, string methodId, CancellationToken cancellationToken)
    {
        await FindAsync(memberId, methodId, cancellationToken);
        try
        {
            await customers.AskAsync(
                token => pipeline.RepeatableAsync(
                    "payment_methods.detach", attempt => stripe.DetachAsync(methodId, cancellationToken: attempt), token),
                cancellationToken);
        }
        // A repeat, or another request: it is kept no longer.
        catch (StripeException fault) when (StripeFaults.IsInvalidPaymentMethod(fault))
        {
        }
    }
}
