using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Payments.Charging;

namespace Tokens.Payments.Purchases;

/// <summary>Fetches the secret of a payment intent when it is asked for again, since it is never stored.</summary>
internal sealed partial class ClientSecrets(
    StripeCharges stripe, IOptions<PaymentsOptions> options, TimeProvider time, ILogger<ClientSecrets> logger)
{
    /// <summary>Null when Stripe doesn't answer soon: a replay says all else without it.</summary>
    internal async Task<string?> FindAsync(Purchase purchase, StripeUse use, CancellationToken cancellationToken)
    {
        if (purchase.PaymentIntentId is null)
        {
            return null;
        }

        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.Value.ClientSecretWithinMilliseconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(soon.Token, cancellationToken);
        try
        {
            return (await stripe.RetrieveAsync(purchase, use, either.Token)).ClientSecret;
        }
        catch (Exception fault) when (fault is StripeException || StripeFaults.IsAway(fault)
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogMissing(logger, fault, purchase.Id);
            return null;
        }
    }

    [LoggerMessage(LogIds.ClientSecretsMissing, LogLevel.Information, "Purchase {PurchaseId} is answered again without its client secret")]
    private static partial void LogMissing(ILogger logger, Exception fault, Guid purchaseId);
}
