using Microsoft.Extensions.Options;
using Polly;
using Stripe;
using Tokens.Platform.Resilience;

namespace Tokens.Payments.Charging;

/// <summary>The resilience pipeline <c>stripe</c>: repeats what is safe to repeat, limits each attempt, and stops asking while Stripe is away.</summary>
internal sealed class StripePipeline(IOptions<StripePipelineOptions> options, Pipelines pipelines, PaymentsMetrics metrics)
{
    internal const string Name = "stripe";

    private static readonly ResiliencePropertyKey<bool> IsRepeatable = new("repeatable");

    private readonly ResiliencePipeline _pipeline =
        pipelines.Build(Name, options.Value, new PipelineFaults(ShouldRepeat, StripeFaults.IsAway));

    /// <summary>A call that changes nothing, or nothing more the second time: repeated after a server error too.</summary>
    internal Task<T> RepeatableAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        ExecuteAsync(operation, isRepeatable: true, call, cancellationToken);

    /// <summary>A call under an idempotency key, which stays the same in every repeat.</summary>
    internal Task<T> KeyedAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        ExecuteAsync(operation, isRepeatable: false, call, cancellationToken);

    private async Task<T> ExecuteAsync<T>(
        string operation, bool isRepeatable, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(operation, cancellationToken);
        context.Properties.Set(IsRepeatable, isRepeatable);
        try
        {
            var answer = await _pipeline.ExecuteAsync(
                static async (context, attempt) => await attempt(context.CancellationToken), context, (Func<CancellationToken, Task<T>>)TryAsync);
            metrics.CountStripeCall(operation, StripeOutcome.Answered);
            return answer;
        }
        catch (Exception fault)
        {
            metrics.CountStripeCall(operation, StripeOutcome.Of(fault));
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
                metrics.CountStripeError(type, code);
                throw;
            }
        }
    }

    private static bool ShouldRepeat(Exception fault, ResilienceContext context) =>
        StripeFaults.MayRepeat(fault) || (StripeFaults.IsServerError(fault) && context.Properties.GetValue(IsRepeatable, defaultValue: false));
}
