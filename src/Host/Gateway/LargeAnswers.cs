using System.Net;
using Microsoft.Extensions.Options;
using Tokens.Host.Roles;
using Tokens.Platform.RateLimits;
using Yarp.ReverseProxy.Transforms;

namespace Tokens.Host.Gateway;

/// <summary>
/// Limits the answers that don't fit into a connection's buffer and are therefore sent at their client's pace: in all, by address, and
/// those of the API in time. An answer that fits is passed on without waiting and holds nothing.
/// </summary>
internal sealed class LargeAnswers(IOptions<GatewayOptions> options, HostSettings settings, Overload overload, TimeProvider time)
{
    private const string Policy = "gateway.large_answers";

    private readonly int _bytesMin = options.Value.AnswerBufferBytes;
    private readonly AnswerPlaces _ofApi = Places(options.Value.LargeAnswersMax, options.Value.AddressLargeAnswersMax, settings);
    private readonly AnswerPlaces _ofOthers = Places(options.Value.StreamedAnswersMax, options.Value.AddressStreamedAnswersMax, settings);

    /// <summary>Admits an answer of the API, or answers 503 in its place.</summary>
    internal ValueTask AdmitOfApi(ResponseTransformContext context) => Admit(context, _ofApi, options.Value.AnswerTimeout);

    /// <summary>Admits an answer of the legacy application or the front end; a download of theirs may take hours.</summary>
    internal ValueTask AdmitOfOthers(ResponseTransformContext context) => Admit(context, _ofOthers, Timeout.InfiniteTimeSpan);

    private ValueTask Admit(ResponseTransformContext context, AnswerPlaces places, TimeSpan timeout)
    {
        // Only a GET can be refused after the fact: any other method may have had an effect.
        if (context.SuppressResponseBody || !HttpMethods.IsGet(context.HttpContext.Request.Method)
            || context.ProxyResponse is not { } answer || !IsLarge(answer))
        {
            return ValueTask.CompletedTask;
        }

        if (places.TryTake(RequestPartition.OfAddress(context.HttpContext.Connection.RemoteIpAddress)) is { } place)
        {
            context.HttpContext.Response.RegisterForDispose(place);
            place.AbortAfter(timeout, context.HttpContext, time);
            return ValueTask.CompletedTask;
        }

        context.SuppressResponseBody = true;
        context.HttpContext.Response.Clear();
        return new ValueTask(overload.RefuseAsync(context.HttpContext, Policy));
    }

    private bool IsLarge(HttpResponseMessage answer) =>
        answer.StatusCode is not (HttpStatusCode.SwitchingProtocols or HttpStatusCode.NoContent or HttpStatusCode.NotModified)
        && (answer.Content.Headers.ContentLength is { } bytes
            ? bytes > _bytesMin
            : answer.Content.Headers.ContentType?.MediaType != "text/event-stream");

    private static AnswerPlaces Places(int max, int ofAddressMax, HostSettings settings) =>
        new(max, new AddressShares(settings.LimitsAreOn ? ofAddressMax : long.MaxValue));
}
