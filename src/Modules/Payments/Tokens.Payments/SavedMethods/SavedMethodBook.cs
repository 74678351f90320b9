using Tokens.Platform.Problems;

namespace Tokens.Payments.SavedMethods;

/// <summary>A member's kept payment methods, read from Stripe each time, so that nothing here can differ from it.</summary>
internal sealed class SavedMethodBook(
    StripeCustomers customers, KeptMethodReader reader, AttachedMethods attached, RepeatedMethods repeated, MethodCalls calls)
{
    private static readonly Problem NotFound = new(
        ProblemKind.NotFound with { Title = "Payment method not found" }, "There is no such kept payment method.");

    /// <summary>Lists them, oldest first, and has Stripe keep each card once.</summary>
    /// <exception cref="ProblemException">503: Stripe is unavailable.</exception>
    internal Task<IReadOnlyList<SavedMethod>> ListAsync(Guid memberId, CancellationToken cancellationToken) => calls.WithinAsync<IReadOnlyList<SavedMethod>>(
        async token =>
        {
            if (await reader.FindAsync(memberId, wantedId: null, token) is not var (customer, kept))
            {
                return [];
            }

            await repeated.DetachAsync(customer, kept, token);
            return kept.Methods;
        },
        cancellationToken);

    /// <summary>Returns the member's own method of that id, or the default one; null when none is kept and none was named.</summary>
    /// <exception cref="ProblemException">404: there is none of that id. 503: Stripe is unavailable.</exception>
    internal Task<(string CustomerId, SavedMethod Method)?> FindAsync(
        Guid memberId, string? methodId, CancellationToken cancellationToken) => calls.WithinAsync<(string CustomerId, SavedMethod Method)?>(
        async token =>
        {
            if (await reader.FindAsync(memberId, methodId, token) is var (customer, kept)
                && (methodId is null ? kept.Default : kept.Find(methodId)) is { } method)
            {
                return (customer.CustomerId, method);
            }

            return methodId is null ? null : throw new ProblemException(NotFound);
        },
        cancellationToken);

    /// <summary>Makes a method the default, and lists all.</summary>
    /// <exception cref="ProblemException">404: there is none of that id. 503: Stripe is unavailable.</exception>
    internal Task<IReadOnlyList<SavedMethod>> ChooseAsync(Guid memberId, string methodId, CancellationToken cancellationToken) =>
        calls.WithinAsync(
            async token =>
            {
                var (customer, kept) = await GetAsync(memberId, methodId, token);
                var chosen = kept.WithDefault(methodId);
                await customers.ChooseDefaultAsync(customer, chosen.Default!.Id, token);
                return chosen.Methods;
            },
            cancellationToken);

    /// <summary>Has Stripe keep a card no longer, and lists those that are left; the default goes to the oldest of them.</summary>
    /// <exception cref="ProblemException">404: there is none of that id. 503: Stripe is unavailable.</exception>
    internal Task<IReadOnlyList<SavedMethod>> RemoveAsync(Guid memberId, string methodId, CancellationToken cancellationToken) =>
        calls.WithinAsync(
            async token =>
            {
                var (customer, kept) = await GetAsync(memberId, methodId, token);
                foreach (var id in kept.IdsOfCard(methodId))
                {
                    await attached.DetachAsync(id, token);
                }

                var left = kept.Without(methodId);
                await customers.StoreDefaultAsync(customer, left.Default?.Id, token);
                return left.Methods;
            },
            cancellationToken);

    private async Task<(StripeCustomer Customer, KeptMethods Kept)> GetAsync(
        Guid memberId, string methodId, CancellationToken cancellationToken) =>
        await reader.FindAsync(memberId, methodId, cancellationToken) is var (customer, kept) && kept.Find(methodId) is not null
            ? (customer, kept)
            : throw new ProblemException(NotFound);
}
