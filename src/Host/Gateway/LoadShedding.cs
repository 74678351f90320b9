using Microsoft.Extensions.Options;
using Tokens.Platform.Problems;
using Tokens.Platform.RateLimits;

namespace Tokens.Host.Gateway;

/// <summary>
/// Refuses a request to the API at once while as many are under way as can be answered in good time: those that were taken stay quick,
/// and memory stays what it is, however many more there are.
/// </summary>
internal sealed partial class LoadShedding(
    RequestDelegate next, IOptions<GatewayOptions> options, RateLimitMetrics metrics, TimeProvider time, ILogger<LoadShedding> logger)
{
    private const string Policy = "gateway.requests";

    // Thousands are refused in a second; their number is the metric's affair.
    private static readonly TimeSpan LogPause = TimeSpan.FromSeconds(10);

    private readonly int _requestsMax = options.Value.RequestsMax;
    private int _underWay;
    private long _loggedAt;

    public async Task InvokeAsync(HttpContext context)
    {
        if (LimitByAddress.IsExempt(context.Request.Path))
        {
            await next(context);
            return;
        }

        var underWay = Interlocked.Increment(ref _underWay);
        try
        {
            var isTaken = underWay <= _requestsMax;
            metrics.Count(Policy, isTaken);
            if (isTaken)
            {
                await next(context);
                return;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }

        Tell();
        await ProblemDocument.WriteAsync(context, GatewayProblems.Overloaded);
    }

    private void Tell()
    {
        var (logged, now) = (Interlocked.Read(ref _loggedAt), time.GetTimestamp());
        if ((logged == 0 || time.GetElapsedTime(logged, now) >= LogPause) && Interlocked.CompareExchange(ref _loggedAt, now, logged) == logged)
        {
            LogShedding(logger, _requestsMax);
        }
    }

    [LoggerMessage(LogIds.LoadSheddingShedding, LogLevel.Warning, "{RequestsMax} requests to the API are under way; further ones are refused")]
    private static partial void LogShedding(ILogger logger, int requestsMax);
}
