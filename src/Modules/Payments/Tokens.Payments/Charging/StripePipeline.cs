using Polly;
using Polly.Retry;

namespace Tokens.Payments.Charging;

/// <summary>The resilience pipeline <c>stripe</c>: repeats what is safe to repeat, and limits each attempt.</summary>
internal sealed class StripePipeline(StripeOptions options, TimeProvider time)
{
    private static readonly ResiliencePropertyKey<bool> IsRepeatable = new("repeatable");

    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder { Name = "stripe", TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = options.RetriesMax,
            Delay = TimeSpan.FromMilliseconds(options.RetryDelayMilliseconds),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is { } fault && ShouldRepeat(fault, attempt.Context)),
        })
        .AddTimeout(TimeSpan.FromMilliseconds(options.AttemptTimeoutMilliseconds))
        .Build();

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
            return await _pipeline.ExecuteAsync(
                static async (context, call) => await call(context.CancellationToken), context, call);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static bool ShouldRepeat(Exception fault, ResilienceContext context) =>
        StripeFaults.MayRepeat(fault) || (StripeFaults.IsServerError(fault) && context.Properties.GetValue(IsRepeatable, defaultValue: false));
}
