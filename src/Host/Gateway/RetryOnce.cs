using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;

namespace Tokens.Host.Gateway;

/// <summary>
/// Gives a request to the API one more attempt: whatever its method, if it never reached a host; a GET, a HEAD and one with an
/// idempotency key also after a broken connection, a 502 or a 504. A host that can't be reached is taken out at once.
/// </summary>
internal sealed partial class RetryOnce(
    RequestDelegate next, IDestinationHealthUpdater health, GatewayMetrics metrics, ILogger<RetryOnce> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var available = context.GetReverseProxyFeature().AvailableDestinations;
        var repeatable = IsRepeatable(context.Request);

        var failure = await TryAsync(context, holdBackGatewayErrors: repeatable);
        if (failure == Failure.NeverReached || (repeatable && failure == Failure.Broken))
        {
            metrics.CountRetry(failure == Failure.NeverReached ? "never_reached" : "broken");
            var proxy = context.GetReverseProxyFeature();
            LogRetry(logger, proxy.ProxiedDestination!.DestinationId, failure);
            proxy.AvailableDestinations = Next(available, proxy.AllDestinations, proxy.ProxiedDestination);
            Clear(context);
            failure = await TryAsync(context, holdBackGatewayErrors: false);
        }

        if (failure == Failure.NeverReached)
        {
            // Unlike after a 502, the client knows that nothing has happened.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>Keeps a 502 or 504 from the client while another attempt is left.</summary>
    internal static ValueTask HoldBack(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { StatusCode: System.Net.HttpStatusCode.BadGateway or System.Net.HttpStatusCode.GatewayTimeout }
            && Attempt.Current is { HoldsBackGatewayErrors: true } attempt)
        {
            attempt.HeldBack = true;
            context.SuppressResponseBody = true;
        }

        return ValueTask.CompletedTask;
    }

    private async Task<Failure> TryAsync(HttpContext context, bool holdBackGatewayErrors)
    {
        var attempt = Attempt.Begin(holdBackGatewayErrors, BodyOf(context.Request));
        await next(context);

        if (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
        {
            return Failure.Final;
        }

        var failure = context.GetForwarderErrorFeature()?.Error switch
        {
            null => attempt.HeldBack ? Failure.Broken : Failure.Final,
            ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.RequestBodyDestination when !attempt.Sent =>
                Failure.NeverReached,
            ForwarderError.Request or ForwarderError.RequestBodyDestination or ForwarderError.ResponseBodyDestination => Failure.Broken,
            _ => Failure.Final,
        };
        if (failure == Failure.NeverReached)
        {
            var proxy = context.GetReverseProxyFeature();
            health.SetActive(
                proxy.Route.Cluster!, [new NewActiveDestinationHealth(proxy.ProxiedDestination!, DestinationHealth.Unhealthy)]);
        }

        return failure;
    }

    private static ReadOnlyMemory<byte>? BodyOf(HttpRequest request) =>
        request.Body is MemoryStream body && body.TryGetBuffer(out var bytes) ? (ReadOnlyMemory<byte>)bytes : null;

    private static bool IsRepeatable(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        || HttpMethods.IsHead(request.Method)
        || request.Headers["Idempotency-Key"].ToString().AsSpan().Trim(" \"").Length > 0;

    // Another that is well, else another whatever its health, else the same: its next connection may be accepted.
    private static DestinationState[] Next(
        IReadOnlyList<DestinationState> available, IReadOnlyList<DestinationState> all, DestinationState failed)
    {
        DestinationState[] others = [.. available.Where(destination => destination != failed)];
        if (others.Length == 0)
        {
            others = [.. all.Where(destination => destination != failed)];
        }

        return others.Length > 0 ? others : [failed];
    }

    private static void Clear(HttpContext context)
    {
        context.Response.Clear();
        context.Features.Set<IForwarderErrorFeature>(null);
    }

    [LoggerMessage(LogIds.RetryOnceRetry, LogLevel.Information, "Trying once more after {Destination} failed: {Failure}.")]
    private static partial void LogRetry(ILogger logger, string destination, Failure failure);

    private enum Failure
    {
        /// <summary>An answer of whatever kind, or a failure that another attempt can't mend.</summary>
        Final,

        /// <summary>The request was sent, and what became of it isn't known.</summary>
        Broken,

        /// <summary>No host can have acted on the request.</summary>
        NeverReached,
    }
}
