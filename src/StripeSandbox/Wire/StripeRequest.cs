using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tokens.StripeSandbox.Events;
using Tokens.StripeSandbox.Webhooks;

namespace Tokens.StripeSandbox.Wire;

/// <summary>An authenticated call to a <c>/v1</c> route, read whole.</summary>
internal sealed record StripeRequest
{
    /// <summary>Method and path: what an idempotency key belongs to.</summary>
    internal required string Route { get; init; }

    /// <summary>The object that the path names; empty on a collection.</summary>
    internal required string Id { get; init; }

    internal required Parameters Parameters { get; init; }

    internal required byte[] ApiKeyHash { get; init; }

    internal required string RequestId { get; init; }

    /// <summary>Null without one, and on a route that only reads.</summary>
    internal string? IdempotencyKey { get; init; }

    /// <summary>The sandbox's address as its caller sees it, for links back to it.</summary>
    internal required string BaseUrl { get; init; }

    internal required DateTimeOffset Now { get; init; }

    /// <summary>Where the request writes what it changes.</summary>
    internal required EventJournal Events { get; init; }

    internal required SandboxOptions Limits { get; init; }

    internal static async Task<StripeRequest> ReadAsync(HttpContext context, string? idempotencyKey = null)
    {
        var request = context.Request;
        var apiKeyHash = ApiKey.Authenticate(request);
        StripeHeaders.RequireKnownVersion(context);
        var limits = context.RequestServices.GetRequiredService<IOptions<SandboxOptions>>().Value;
        var requestId = StripeHeaders.RequestId(context);
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return new StripeRequest
        {
            Route = request.Method + " " + request.Path.Value?.TrimEnd('/'),
            Id = context.GetRouteValue("id") as string ?? "",
            Parameters = await ReadParametersAsync(context),
            ApiKeyHash = apiKeyHash,
            RequestId = requestId,
            IdempotencyKey = idempotencyKey,
            BaseUrl = $"{request.Scheme}://{request.Host}",
            Now = now,
            Events = new EventJournal(context.RequestServices.GetRequiredService<WebhookOutbox>(), now, requestId, idempotencyKey),
            Limits = limits,
        };
    }

    /// <summary>Query and form together.</summary>
    internal static async Task<Parameters> ReadParametersAsync(HttpContext context)
    {
        var request = context.Request;
        var limits = context.RequestServices.GetRequiredService<IOptions<SandboxOptions>>().Value;
        var root = new Parameter.Hash(new(StringComparer.Ordinal));
        FormParser.Parse(Encoding.UTF8.GetBytes(request.QueryString.Value?.TrimStart('?') ?? ""), root, limits.MaxParameters);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        if (body.Length > 0)
        {
            if (!request.HasFormContentType || request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            {
                throw new StripeErrorException(StripeError.InvalidRequest(
                    "Invalid request (check that your POST content type is application/x-www-form-urlencoded). " +
                    "If you have any questions, we can help at https://support.stripe.com/."));
            }

            FormParser.Parse(body.GetBuffer().AsSpan(0, (int)body.Length), root, limits.MaxParameters);
        }

        return new Parameters(root);
    }
}
