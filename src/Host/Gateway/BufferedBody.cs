using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Tokens.Host.Roles;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.RateLimits;

namespace Tokens.Host.Gateway;

/// <summary>Reads the body of a request to the API into memory, up to the limits of its class, so that it can be sent again.</summary>
internal sealed class BufferedBody(
    RequestDelegate next, TrafficClasses classes, Overload overload, HostSettings settings, IOptions<GatewayOptions> options, TimeProvider time)
{
    private const string Policy = "gateway.bodies";

    // One read of a connection. Bodies that came with their headers are bounded by the requests under way.
    private const int ArrivedBytesMax = 4 * 1_024;

    private readonly AddressShares _shares = new(settings.LimitsAreOn ? options.Value.AddressBufferedBytesMax : long.MaxValue);

    public Task InvokeAsync(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody ? ReadAsync(context) : next(context);

    private async Task ReadAsync(HttpContext context)
    {
        var traffic = classes.Of(context);
        if (context.Request.ContentLength > traffic.BodyBytesMax)
        {
            await ProblemDocument.WriteAsync(context, GatewayProblems.PayloadTooLarge(traffic.BodyBytesMax));
            return;
        }

        if (traffic.IsFull)
        {
            // A body would only be read to be refused.
            await overload.RefuseAsync(context, traffic.Policy);
            return;
        }

        if (BodyBytes.TryReadArrived(context.Request, Math.Min(ArrivedBytesMax, traffic.BodyBytesMax), out var arrived))
        {
            Replace(context.Request, arrived);
            await next(context);
            return;
        }

        using var charge = new BodyCharge(traffic.Bodies, _shares, RequestPartition.OfAddress(context.Connection.RemoteIpAddress));
        if (await ReadInTimeAsync(context, traffic.BodyBytesMax, charge) is { } body)
        {
            Replace(context.Request, body);
            await next(context);
        }
        else if (charge.IsRefused)
        {
            await overload.RefuseAsync(context, Policy);
        }
        else
        {
            await ProblemDocument.WriteAsync(context, GatewayProblems.PayloadTooLarge(traffic.BodyBytesMax));
        }
    }

    private async Task<ArraySegment<byte>?> ReadInTimeAsync(HttpContext context, int bytesMax, BodyCharge charge)
    {
        using var deadline = new CancellationTokenSource(options.Value.BodyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);
        try
        {
            // The server's own limit would count the framing of a chunked body too.
            return await BodyBytes.ReadAsync(context.Request, bytesMax, charge, either.Token);
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body took too long to arrive.", StatusCodes.Status408RequestTimeout, late);
        }
    }

    private static void Replace(HttpRequest request, ArraySegment<byte> body)
    {
        request.Body = new MemoryStream(body.Array!, body.Offset, body.Count, writable: false, publiclyVisible: true);

        // The client has been told to go on: the host would only be made to say so again.
        request.Headers.Remove("Expect");
    }
}
