using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Tokens.Platform.Problems;
using Yarp.ReverseProxy.Forwarder;

namespace Tokens.Host.Gateway;

/// <summary>Gives the proxy's own errors, which have no body, their document; a destination's answers pass as they are.</summary>
internal sealed partial class ProxyProblems(RequestDelegate next, IOptions<GatewayOptions> options, ILogger<ProxyProblems> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // A destination may well answer 404 without a body: that is its answer, not a bare status of ours.
        context.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = false;
        await next(context);

        // A client that goes away, as every reader of an event stream does one day, is nobody's failure.
        if (context.Features.Get<IForwarderErrorFeature>() is not { } failure || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        LogFailure(
            logger, failure.Error, context.GetReverseProxyFeature().ProxiedDestination?.DestinationId, failure.Exception?.GetBaseException().Message);
        if (!context.Response.HasStarted)
        {
            await ProblemDocument.WriteAsync(context, GatewayProblems.From(context.Response.StatusCode, options.Value));
        }
    }

    [LoggerMessage(LogIds.ProxyProblemsFailure, LogLevel.Warning, "{Destination} failed a request: {Failure}, {Reason}")]
    private static partial void LogFailure(ILogger logger, ForwarderError failure, string? destination, string? reason);
}
