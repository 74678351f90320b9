using Microsoft.Net.Http.Headers;
using Tokens.Platform.Deliveries;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Tokens.Host.Gateway.Deliveries;

/// <summary>Offers the API hosts to confirm which answers clients took, and follows those for which a host asks it.</summary>
internal sealed class ConfirmDeliveries(RequestDelegate next, DeliveryWatch watch)
{
    private const string Offered = "1";

    public async Task InvokeAsync(HttpContext context)
    {
        var connection = context.Features.Get<ClientConnection>();
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) && !HttpProtocol.IsHttp3(context.Request.Protocol))
        {
            connection?.NoteRequest();
        }

        await next(context);
        // A host that failed in the middle of its answer is answered with an error in its place, which the receipt does not stand for.
        if (connection is null || context.Features.Get<Receipt>() is not { } receipt
            || context.Response.StatusCode != receipt.Status || context.Features.Get<IForwarderErrorFeature>() is not null)
        {
            return;
        }

        await context.Response.CompleteAsync();
        var answer = new SentAnswer(receipt.AckedBefore, (ulong)(context.Response.ContentLength ?? 1));
        var followed = watch.FollowAsync(connection, answer, receipt.Id);
        if (EndsConnection(context))
        {
            // The server closes the connection when this returns, and nothing could be known of it any more.
            await followed;
        }
    }

    /// <summary>Adds the offer to requests to the API, and takes the receipt out of its answers.</summary>
    internal static void Add(TransformBuilderContext context)
    {
        context.AddRequestHeader(DeliveryProtocol.OfferHeader, Offered, append: false);
        context.AddResponseTransform(Keep);
    }

    private static ValueTask Keep(ResponseTransformContext context)
    {
        var http = context.HttpContext;
        var receipt = http.Response.Headers[DeliveryProtocol.ReceiptHeader].ToString();
        http.Response.Headers.Remove(DeliveryProtocol.ReceiptHeader);
        // No byte of the answer has been sent yet. The system is asked only for the few answers that carry a receipt.
        http.Features.Set(Guid.TryParseExact(receipt, "D", out var id)
            ? new Receipt(id, http.Response.StatusCode, http.Features.Get<ClientConnection>()?.Facts?.AckedBytes ?? 0)
            : null);
        return ValueTask.CompletedTask;
    }

    private static bool EndsConnection(HttpContext context) =>
        HttpProtocol.IsHttp10(context.Request.Protocol)
        || IsClose(context.Request.Headers[HeaderNames.Connection].ToString())
        || IsClose(context.Response.Headers[HeaderNames.Connection].ToString());

    private static bool IsClose(string connection) => connection.Contains("close", StringComparison.OrdinalIgnoreCase);

    private sealed record Receipt(Guid Id, int Status, ulong AckedBefore);
}
