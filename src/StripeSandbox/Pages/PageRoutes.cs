using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Tokens.StripeSandbox.Pages;

internal static class PageRoutes
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", static context =>
        {
            context.Response.Redirect("/sandbox");
            return Task.CompletedTask;
        });
        routes.MapGet("/sandbox", OverviewPage.Handle);
        routes.MapGet("/sandbox/page.css", PageFile.Serve("page.css", "text/css; charset=utf-8"));
        routes.MapGet("/sandbox/page.js", PageFile.Serve("page.js", "text/javascript; charset=utf-8"));
    }
}
