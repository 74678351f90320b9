using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Payments.Purchases;
using Tokens.Platform.Problems;

namespace Tokens.Payments.SavedMethods;

/// <summary>
/// Runs the calls to Stripe that one request about kept payment methods makes, within one time limit. What no step expects of Stripe is
/// answered like an outage, and logged as an error.
/// </summary>
internal sealed partial class MethodCalls(IOptions<PaymentsOptions> options, TimeProvider time, ILogger<MethodCalls> logger)
{
    /// <exception cref="ProblemException">503: Stripe is unavailable or too slow, or refuses what no step expects it to refuse.</exception>
    internal async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.Value.MethodsWithinMilliseconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(soon.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (StripeException fault) when (!StripeFaults.IsAway(fault))
        {
            var error = fault.StripeError;
            LogRefused(logger, (int)fault.HttpStatusCode, error?.Type, error?.Code, error?.Param, fault.StripeResponse?.RequestId);
            throw Unavailable();
        }
        catch (Exception fault) when (StripeFaults.IsAway(fault)
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Unavailable();
        }
    }

    private ProblemException Unavailable() =>
        new(PurchaseProblems.Away(TimeSpan.FromSeconds(options.Value.RetryAfterSeconds)));

    [LoggerMessage(LogIds.MethodCallsRefused, LogLevel.Error, "Stripe refused a call about kept payment methods: {Status} {Type} {Code} {Param}, request {RequestId}; the request is answered with 503")]
    private static partial void LogRefused(ILogger logger, int status, string? type, string? code, string? param, string? requestId);
}
