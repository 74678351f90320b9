using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Registry;
using Stripe;
using Tokens.Platform.Resilience;

namespace Tokens.Payments.Charging;

/// <summary>
/// The resilience pipelines to Stripe: each repeats what is safe to repeat, limits each attempt, and stops asking while Stripe is away.
/// Background calls have a breaker of their own and a budget, so that they neither use up Stripe's limit nor close it to purchases.
/// </summary>
internal sealed class StripePipeline : IDisposable
{
    internal const string Name = "stripe";
    internal const string BackgroundName = "stripe-background";

    private const int ReplenishmentsPerSecond = 10;

    private static readonly ResiliencePropertyKey<bool> IsRepeatable = new("repeatable");

    private readonly PaymentsMetrics _metrics;
    private readonly ResiliencePipeline _purchases;
    private readonly ResiliencePipeline _background;
    private readonly TokenBucketRateLimiter _budget;

    public StripePipeline(IOptions<StripePipelineOptions> options, ResiliencePipelineProvider<string> pipelines, PaymentsMetrics metrics)
    {
        _metrics = metrics;
        (_purchases, _background) = (pipelines.GetPipeline(Name), pipelines.GetPipeline(BackgroundName));
        var (perSecond, waitingMax) = (options.Value.BackgroundCallsPerSecond, options.Value.BackgroundCallsWaitingMax);
        var perPeriod = Math.Max(1, perSecond / ReplenishmentsPerSecond);
        _budget = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond,
            TokensPerPeriod = perPeriod,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)perPeriod / perSecond),
            QueueLimit = waitingMax,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    internal static PipelineFaults Faults { get; } = new(ShouldRepeat, StripeFaults.IsAway);

    internal static PipelineFaults BackgroundFaults { get; } = new(ShouldRepeatInBackground, StripeFaults.IsAway);

    /// <summary>A call that changes nothing, or nothing more the second time: repeated after a server error too.</summary>
    internal Task<T> RepeatableAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        ExecuteAsync(_purchases, operation, isRepeatable: true, call, cancellationToken);

    /// <summary>A call that changes nothing, or nothing more the second time, on behalf of a purchase or within the budget.</summary>
    /// <exception cref="StripeBudgetException">Too many background calls wait.</exception>
    internal async Task<T> RepeatableAsync<T>(
        StripeUse use, string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (use == StripeUse.Purchase)
        {
            return await RepeatableAsync(operation, call, cancellationToken);
        }

        using var permit = await _budget.AcquireAsync(permitCount: 1, cancellationToken);
        if (!permit.IsAcquired)
        {
            var fault = new StripeBudgetException();
            _metrics.CountStripeCall(operation, StripeOutcome.Of(fault));
            throw fault;
        }

        return await ExecuteAsync(_background, operation, isRepeatable: true, call, cancellationToken);
    }

    /// <summary>A call under an idempotency key, which stays the same in every repeat.</summary>
    internal Task<T> KeyedAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        ExecuteAsync(_purchases, operation, isRepeatable: false, call, cancellationToken);

    public void Dispose() => _budget.Dispose();

    private async Task<T> ExecuteAsync<T>(
        ResiliencePipeline pipeline,
        string operation,
        bool isRepeatable,
        Func<CancellationToken, Task<T>> call,
        CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(operation, cancellationToken);
        context.Properties.Set(IsRepeatable, isRepeatable);
        try
        {
            var answer = await pipeline.ExecuteAsync(
                static async (context, attempt) => await attempt(context.CancellationToken), context, (Func<CancellationToken, Task<T>>)TryAsync);
            _metrics.CountStripeCall(operation, StripeOutcome.Answered);
            return answer;
        }
        catch (Exception fault)
        {
            _metrics.CountStripeCall(operation, StripeOutcome.Of(fault));
            throw;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        // Each attempt's error counts, also one that the next attempt makes good.
        async Task<T> TryAsync(CancellationToken token)
        {
            try
            {
                return await call(token);
            }
            catch (StripeException fault)
            {
                var (type, code) = StripeOutcome.ErrorOf(fault);
                _metrics.CountStripeError(type, code);
                if (fault.StripeError is null)
                {
                    throw StripeFaults.UnreadableAnswer(fault.HttpStatusCode, fault.StripeResponse);
                }

                throw;
            }
        }
    }

    private static bool ShouldRepeat(Exception fault, ResilienceContext context) =>
        StripeFaults.MayRepeat(fault) || (StripeFaults.IsServerError(fault) && context.Properties.GetValue(IsRepeatable, defaultValue: false));

    // What Stripe refuses for its limit is asked again later, by whoever needs it then.
    private static bool ShouldRepeatInBackground(Exception fault, ResilienceContext context) =>
        fault is not StripeException { HttpStatusCode: HttpStatusCode.TooManyRequests } && ShouldRepeat(fault, context);
}
