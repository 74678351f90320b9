using Microsoft.AspNetCore.Http.Features;
using Tokens.Host.Gateway.Deliveries;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Tokens.Host.Gateway;

/// <summary>What the gateway changes in requests and answers, beside the X-Forwarded headers that the proxy always sets.</summary>
internal static class Transforms
{
    // Texts that a client attaches to a trace: no application behind the gateway is told what a stranger wrote into them.
    private static readonly string[] ClientContext = ["tracestate", "baggage", "Correlation-Context"];

    internal static void Add(TransformBuilderContext context)
    {
        context.AddRequestHeaderRemove("Forwarded");
        Array.ForEach(ClientContext, header => context.AddRequestHeaderRemove(header));
        context.AddResponseHeaderRemove("Server", ResponseCondition.Always);
        var large = context.Services.GetRequiredService<LargeAnswers>();
        if (context.Route.ClusterId == Clusters.Api)
        {
            context.AddResponseTransform(RetryOnce.HoldBack);
            context.AddResponseTransform(GiveSlotBack);
            ConfirmDeliveries.Add(context);
            // Last, since it may answer in the place of the host, and no header can be changed after that.
            context.AddResponseTransform(large.AdmitOfApi);
        }
        else
        {
            context.AddResponseTransform(large.AdmitOfOthers);
            context.AddRequestTransform(KeepTarget);
        }
    }

    private static ValueTask GiveSlotBack(ResponseTransformContext context)
    {
        // An answer that is held back is followed by another attempt.
        if (context is { ProxyResponse: not null, SuppressResponseBody: false })
        {
            context.HttpContext.Features.Get<RequestSlot>()?.Answered();
        }

        return ValueTask.CompletedTask;
    }

    // The proxy would decode the path and encode it again, which turns %2F into %252F.
    private static ValueTask KeepTarget(RequestTransformContext context)
    {
        var target = context.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.StartsWith('/'))
        {
            context.ProxyRequest.RequestUri = new Uri(
                context.DestinationPrefix.TrimEnd('/') + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        }

        return ValueTask.CompletedTask;
    }
}
