using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tokens.StripeSandbox.Pages;

/// <summary>Answers with a page for people, which can load nothing but the sandbox's own style and script.</summary>
internal static class PageAnswer
{
    internal const string OwnForms = "form-action 'self'; frame-ancestors 'none'";

    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'";

    /// <summary><paramref name="furtherPolicy"/> is added to the content security policy.</summary>
    internal static Task WriteAsync(HttpContext context, int status, string title, Html content, string furtherPolicy)
    {
        Html page = $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title} · Stripe sandbox</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/sandbox/page.css">
            <script src="/sandbox/page.js" defer></script>
            </head>
            <body>
            {content}
            </body>
            </html>

            """;
        var body = Encoding.UTF8.GetBytes(page.ToString());
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = body.Length;
        response.Headers.ContentSecurityPolicy = furtherPolicy.Length == 0 ? Policy : $"{Policy}; {furtherPolicy}";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
