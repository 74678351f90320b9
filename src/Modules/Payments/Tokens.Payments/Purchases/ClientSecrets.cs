using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Payments.Charging;

namespace Tokens.Payments.Purchases;

/// <summary>Fetches the secret of a payment intent when it is asked for again, since it is never stored.</summary>
internal sealed partial class ClientSecrets(
    StripeCharges stripe, IOptions<PaymentsOptions> options, TimeProvider time, ILogger<ClientSecrets> logger)
{
    private readonly ConcurrentDictionary<Guid, Lazy<Task<string?>>> _underWay = new();

    /// <summary>Null when Stripe doesn't answer soon: a replay says all else without it. Those who ask at once share one call.</summary>
    internal async Task<string?> FindAsync(Purchase purchase, StripeUse use, CancellationToken cancellationToken)
    {
        if (purchase.PaymentIntentId is null)
        {
            return null;
        }

        var secret = _underWay.GetOrAdd(purchase.Id, id => new Lazy<Task<string?>>(() => FetchAsync(purchase, use))).Value;
        return await secret.WaitAsync(cancellationToken);
    }

    private async Task<string?> FetchAsync(Purchase purchase, StripeUse use)
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.Value.ClientSecretWithinMilliseconds), time);
        try
        {
            return (await stripe.RetrieveAsync(purchase, use, soon.Token)).ClientSecret;
        }
        catch (Exception fault) when (fault is StripeException or OperationCanceledException || StripeFaults.IsAway(fault))
        {
            LogMissing(logger, fault, purchase.Id);
            return null;
        }
        finally
        {
            _underWay.TryRemove(purchase.Id, out _);
        }
    }

    [LoggerMessage(LogIds.ClientSecretsMissing, LogLevel.Information, "Purchase {PurchaseId} is answered again without its client secret")]
    private static partial void LogMissing(ILogger logger, Exception fault, Guid purchaseId);
}
