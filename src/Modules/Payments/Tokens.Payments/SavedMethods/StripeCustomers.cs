using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Payments.Data;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Payments.SavedMethods;

/// <summary>Members as Stripe knows them: one customer a member, made at the first need, and another one when Stripe has it no longer.</summary>
internal sealed partial class StripeCustomers(
    IModuleDb<PaymentsDb> db,
    CustomerService stripe,
    StripePipeline pipeline,
    IOptions<PaymentsOptions> options,
    TimeProvider time,
    ILogger<StripeCustomers> logger)
{
    internal Task<StripeCustomer?> FindAsync(Guid memberId, CancellationToken cancellationToken) => db.ReadAsync(
        (payments, token) => payments.Customers.AsNoTracking().SingleOrDefaultAsync(customer => customer.MemberId == memberId, token),
        cancellationToken);

    /// <summary>Returns the member's customer, made now if there was none.</summary>
    /// <exception cref="StripeException">Stripe refuses.</exception>
    internal async Task<StripeCustomer> EnsureAsync(Guid memberId, CancellationToken cancellationToken)
    {
        if (await FindAsync(memberId, cancellationToken) is { } known)
        {
            return known;
        }

        var id = await CreateAsync(memberId, missing: null, cancellationToken);
        await AddAsync(new StripeCustomer { MemberId = memberId, CustomerId = id, CreatedAt = time.UtcNow() }, cancellationToken);
        return (await FindAsync(memberId, cancellationToken))!;
    }

    /// <summary>Returns the customer that takes the place of one that Stripe has no longer; the row follows unless another request was first.</summary>
    /// <exception cref="StripeException">Stripe refuses.</exception>
    internal async Task<StripeCustomer> ReplaceAsync(StripeCustomer missing, CancellationToken cancellationToken)
    {
        var id = await CreateAsync(missing.MemberId, missing.CustomerId, cancellationToken);
        var now = time.UtcNow();
        var replaced = await db.WriteAsync(
            (payments, token) => payments.Customers
                .Where(customer => customer.MemberId == missing.MemberId && customer.CustomerId == missing.CustomerId)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(customer => customer.CustomerId, id)
                        .SetProperty(customer => customer.DefaultMethodId, (string?)null)
                        .SetProperty(customer => customer.CreatedAt, now),
                    token),
            cancellationToken);
        if (replaced == 1)
        {
            LogReplaced(logger, missing.CustomerId, id);
        }

        return (await FindAsync(missing.MemberId, cancellationToken))!;
    }

    /// <summary>Stores what the default has become, unless another request has changed it meanwhile.</summary>
    internal async Task StoreDefaultAsync(StripeCustomer customer, string? methodId, CancellationToken cancellationToken)
    {
        var before = customer.DefaultMethodId;
        if (before == methodId)
        {
            return;
        }

        var stored = await db.WriteAsync(
            (payments, token) => Same(payments, customer).Where(row => row.DefaultMethodId == before)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DefaultMethodId, methodId), token),
            cancellationToken);
        customer.DefaultMethodId = stored == 1 ? methodId : before;
    }

    /// <summary>Stores the default that the member chose.</summary>
    internal Task<int> ChooseDefaultAsync(StripeCustomer customer, string methodId, CancellationToken cancellationToken) => db.WriteAsync(
        (payments, token) => Same(payments, customer)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DefaultMethodId, methodId), token),
        cancellationToken);

    private static IQueryable<StripeCustomer> Same(PaymentsDb payments, StripeCustomer customer) =>
        payments.Customers.Where(row => row.MemberId == customer.MemberId && row.CustomerId == customer.CustomerId);

    private async Task<string> CreateAsync(Guid memberId, string? missing, CancellationToken cancellationToken)
    {
        var create = new CustomerCreateOptions
        {
            Metadata = new(StringComparer.Ordinal) { [StripeCharges.MemberIdMetadata] = memberId.ToString() },
        };
        for (var attempt = 1; ; attempt++)
        {
            var key = new RequestOptions { IdempotencyKey = KeyOf(memberId, missing, attempt) };
            try
            {
                return (await pipeline.KeyedAsync("customers.create", token => stripe.CreateAsync(create, key, token), cancellationToken)).Id;
            }
            // Stripe would answer the same under this key for a day. A customer that was made unseen is never used.
            catch (StripeException fault) when (StripeFaults.IsKeySpent(fault) && attempt <= options.Value.NewKeysMax)
            {
                LogNewKey(logger, StripeOutcome.Of(fault), attempt, fault.StripeResponse?.RequestId);
                var pause = TimeSpan.FromMilliseconds((long)options.Value.NewKeyDelayMilliseconds << (attempt - 1));
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    // All who need a customer at once make the same one. The key names the one that it replaces, since the key of that one would give
    // its answer again.
    private static string KeyOf(Guid memberId, string? missing, int attempt) =>
        missing is null ? $"{memberId}:customer:{attempt}" : $"{memberId}:customer:{missing}:{attempt}";

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

    [LoggerMessage(LogIds.StripeCustomersNewKey, LogLevel.Warning, "Creating a customer failed ({Outcome}, attempt {Attempt}, Stripe's request {RequestId}); it is tried under a new key")]
    private static partial void LogNewKey(ILogger logger, string outcome, int attempt, string? requestId);

    [LoggerMessage(LogIds.StripeCustomersReplaced, LogLevel.Warning, "Stripe has no customer {MissingId} any more; {CustomerId} takes its place, without the payment methods kept for it")]
    private static partial void LogReplaced(ILogger logger, string missingId, string customerId);
}
