using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Payments.Data;
using Tokens.Payments.Purchases;
using Tokens.Platform.Problems;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Payments.SavedMethods;

/// <summary>Members as Stripe knows them: one customer a member, made at the first need.</summary>
internal sealed class StripeCustomers(
    IModuleDb<PaymentsDb> db, CustomerService stripe, StripePipeline pipeline, IOptions<PaymentsOptions> options, TimeProvider time)
{
    internal Task<StripeCustomer?> FindAsync(Guid memberId, CancellationToken cancellationToken) => db.ReadAsync(
        (payments, token) => payments.Customers.AsNoTracking().SingleOrDefaultAsync(customer => customer.MemberId == memberId, token),
        cancellationToken);

    /// <summary>Stripe's id of the member's customer.</summary>
    /// <exception cref="ProblemException">Stripe doesn't answer.</exception>
    internal async Task<string> EnsureAsync(Guid memberId, CancellationToken cancellationToken)
    {
        if (await FindAsync(memberId, cancellationToken) is { } known)
        {
            return known.CustomerId;
        }

        var made = await AskAsync(
            token => pipeline.KeyedAsync(
                "customers.create",
                attempt => stripe.CreateAsync(
                    new CustomerCreateOptions
                    {
                        Metadata = new(StringComparer.Ordinal) { [StripeCharges.MemberIdMetadata] = memberId.ToString() },
                    },
                    // All who need it at once make the same one.
                    new RequestOptions { IdempotencyKey = $"{memberId}:customer" },
                    attempt),
                token),
            cancellationToken);
        await AddAsync(new StripeCustomer { MemberId = memberId, CustomerId = made.Id, CreatedAt = time.UtcNow() }, cancellationToken);
        return (await FindAsync(memberId, cancellationToken))!.CustomerId;
    }

    internal Task<int> SetDefaultAsync(Guid memberId, string? methodId, CancellationToken cancellationToken) => db.WriteAsync(
        (payments, token) => payments.Customers.Where(customer => customer.MemberId == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(customer => customer.DefaultMethodId, methodId), token),
        cancellationToken);

    /// <summary>A call that changes no money, bounded in time.</summary>
    /// <exception cref="ProblemException">Stripe doesn't answer.</exception>
    internal async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.Value.MethodsWithinMilliseconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(soon.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (Exception fault) when (StripeFaults.IsAway(fault)
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ProblemException(PurchaseProblems.Away(TimeSpan.FromSeconds(options.Value.RetryAfterSeconds)));
        }
    }

    private async Task AddAsync(StripeCustomer customer, CancellationToken cancellationToken)
    {
        try
        {
            await db.WriteAsync(
                (payments, token) =>
                {
                    payments.Customers.Add(customer);
                    return payments.SaveChangesAsync(token);
                },
                cancellationToken);
        }
        catch (DbUpdateException fault) when (TransientFaults.IsUniqueViolation(fault))
        {
            // Another request was first, with the same customer.
        }
    }
}
