using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Tokens.Host.Api;

/// <summary>
/// Says on a request's span what came of it: the platform knows neither route nor outcome when it begins it. The span keeps the route and
/// not the path, which may hold what must not be told, such as a gift card's code in the path of a page.
/// </summary>
internal static class RequestSpan
{
    private static readonly string[] WrittenByClients = ["url.path", "url.query"];

    /// <summary>Stands before everything that could answer.</summary>
    internal static void UseRequestSpans(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
        {
            await next(context);
            return;
        }

        Array.ForEach(WrittenByClients, tag => span.SetTag(tag, null));
        await next(context);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
        {
            span.SetTag("http.route", route);
            span.DisplayName = $"{context.Request.Method} {route}";
        }

        if (context.User.FindFirst("sub")?.Value is { } member)
        {
            span.SetTag("enduser.id", member);
        }

        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    });
}
