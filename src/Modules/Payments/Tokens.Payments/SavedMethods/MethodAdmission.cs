using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Platform.Problems;

namespace Tokens.Payments.SavedMethods;

/// <summary>
/// Decides whether a member may save another payment method, by setup and by purchase alike, and for which customer. A customer that
/// Stripe has no longer is replaced here.
/// </summary>
internal sealed class MethodAdmission(
    StripeCustomers customers,
    KeptMethodReader reader,
    RepeatedMethods repeated,
    AttachedMethods attached,
    MethodCalls calls,
    IOptions<PaymentsOptions> options)
{
    /// <param name="CustomerId">The customer for whom the payment method is kept.</param>
    /// <param name="IsKept">Whether the same card is kept already, with no earlier expiry.</param>
    internal readonly record struct Admitted(string CustomerId, bool IsKept);

    /// <summary>Admits the payment method of a purchase.</summary>
    /// <exception cref="ProblemException">409: the member keeps as many as allowed, and not this one. 503: Stripe is unavailable.</exception>
    internal Task<Admitted> AdmitAsync(Guid memberId, string methodId, CancellationToken cancellationToken) => ForCustomerAsync(
        memberId,
        async (customer, kept, token) =>
        {
            var candidate = await attached.FindAsync(methodId, token);
            var equal = candidate is null ? null : kept.FindEqual(candidate);
            RequireRoom(kept, equal);
            return new Admitted(customer.CustomerId, equal is not null && !ExpiresLater(candidate!.Card, equal));
        },
        cancellationToken);

    /// <summary>Begins to save a payment method that isn't known yet.</summary>
    /// <param name="memberId">The member.</param>
    /// <param name="setUp">Begins it for the customer of that id; called again for another one when Stripe has that one no longer.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ProblemException">409: the member keeps as many as allowed. 503: Stripe is unavailable.</exception>
    internal Task<T> AdmitNewAsync<T>(Guid memberId, Func<string, CancellationToken, Task<T>> setUp, CancellationToken cancellationToken) =>
        ForCustomerAsync(
            memberId,
            (customer, kept, token) =>
            {
                RequireRoom(kept, equal: null);
                return setUp(customer.CustomerId, token);
            },
            cancellationToken);

    private Task<T> ForCustomerAsync<T>(
        Guid memberId, Func<StripeCustomer, KeptMethods, CancellationToken, Task<T>> save, CancellationToken cancellationToken) =>
        calls.WithinAsync(
            async token =>
            {
                var customer = await customers.EnsureAsync(memberId, token);
                for (var replaced = 0; ; replaced++)
                {
                    try
                    {
                        var kept = await reader.ReadAsync(customer, wantedId: null, token);
                        await repeated.DetachAsync(customer, kept, token);
                        return await save(customer, kept, token);
                    }
                    catch (StripeException fault) when (StripeFaults.IsCustomerMissing(fault) && replaced < Math.Max(1, options.Value.NewKeysMax))
                    {
                        customer = await customers.ReplaceAsync(customer, token);
                    }
                }
            },
            cancellationToken);

    private void RequireRoom(KeptMethods kept, SavedMethod? equal)
    {
        var max = options.Value.SavedMethodsMax;
        if (equal is null && kept.Methods.Count >= max)
        {
            throw new ProblemException(new Problem(
                ProblemKind.Conflict with { Title = "Too many payment methods" },
                $"At most {max} payment methods can be saved. Remove one first."));
        }
    }

    private static bool ExpiresLater(PaymentMethodCard? card, SavedMethod than) =>
        card is not null && (card.ExpYear, card.ExpMonth).CompareTo((than.ExpYear, than.ExpMonth)) > 0;
}
