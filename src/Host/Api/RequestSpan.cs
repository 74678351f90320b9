using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Tokens.Host.Api;

/// <summary>Says on a request's span what came of it: the platform knows neither route nor outcome when it begins it.</summary>
internal static class RequestSpan
{
    /// <summary>Stands before everything that could answer.</summary>
    internal static void UseRequestSpans(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        await next(context);
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
        {
            return;
        }

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
