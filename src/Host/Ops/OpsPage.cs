using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;

namespace Tokens.Host.Ops;

/// <summary>GET /ops and its two files: no build step, nothing from elsewhere, and nothing that another page may frame.</summary>
internal static class OpsPage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string Html = Read("ops.html");
    private static readonly string Style = Read("ops.css");
    private static readonly string Script = Read("ops.js");

    // Only a page that acts from this machine gets the token; a reader elsewhere gets one that asks for an administrator's sign-in.
    internal static IResult Page(HttpContext context, OpsSources sources, IServer server) => Answer(
        context.Response,
        Html.Replace("{{token}}", OpsActGuard.IsLocal(context, server) ? sources.Token : "", StringComparison.Ordinal),
        "text/html");

    internal static IResult Css(HttpResponse response) => Answer(response, Style, "text/css");

    internal static IResult Js(HttpResponse response) => Answer(response, Script, "text/javascript");

    private static IResult Answer(HttpResponse response, string text, string type)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return Results.Text(text, type + "; charset=utf-8");
    }

    private static string Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not part of the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
