using Tokens.Payments.Charging;

namespace Tokens.Payments.SavedMethods;

/// <summary>
/// Reads what is kept for a customer, and stores which method is the default as soon as it is decided: a card that is saved later never
/// takes its place.
/// </summary>
internal sealed class KeptMethodReader(StripeCustomers customers, AttachedMethods attached)
{
    /// <param name="customer">The member's row; its default is brought up to date.</param>
    /// <param name="wantedId">A payment method that the request names; null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Stripe.StripeException">Stripe refuses, or has no such customer.</exception>
    internal async Task<KeptMethods> ReadAsync(StripeCustomer customer, string? wantedId, CancellationToken cancellationToken)
    {
        var kept = KeptMethods.Of(await attached.ListAsync(customer, wantedId, cancellationToken), customer.DefaultMethodId);
        await customers.StoreDefaultAsync(customer, kept.Default?.Id, cancellationToken);
        return kept;
    }

    /// <summary>The same of a member; null when nothing was ever saved, or Stripe has the member's customer no longer.</summary>
    /// <exception cref="Stripe.StripeException">Stripe refuses.</exception>
    internal async Task<(StripeCustomer Customer, KeptMethods Kept)?> FindAsync(
        Guid memberId, string? wantedId, CancellationToken cancellationToken)
    {
        if (await customers.FindAsync(memberId, cancellationToken) is not { } customer)
        {
            return null;
        }

        try
        {
            return (customer, await ReadAsync(customer, wantedId, cancellationToken));
        }
        // Its row stays until something is saved: a wrong key for a while must not lose what the right one finds again.
        catch (Stripe.StripeException fault) when (StripeFaults.IsCustomerMissing(fault))
        {
            return null;
        }
    }
}
