using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Tokens.StripeSandbox.Wire;

/// <summary>Puts on every response what Stripe puts there: the request's id and the API version it was read under.</summary>
internal sealed partial class StripeHeaders(RequestDelegate next)
{
    internal const string DefaultVersion = "2026-10-28.endive";
    private const string RequestIdHeader = "Request-Id";
    private const string VersionHeader = "Stripe-Version";

    public Task InvokeAsync(HttpContext context)
    {
        var asked = context.Request.Headers[VersionHeader].ToString();
        var headers = context.Response.Headers;
        headers[RequestIdHeader] = ObjectId.New("req", 14);
        headers[VersionHeader] = VersionPattern.IsMatch(asked) ? asked : DefaultVersion;
        headers.CacheControl = "no-cache, no-store";
        return next(context);
    }

    internal static string RequestId(HttpContext context) => context.Response.Headers[RequestIdHeader].ToString();

    internal static void RequireKnownVersion(HttpContext context)
    {
        var asked = context.Request.Headers[VersionHeader].ToString();
        if (asked.Length > 0 && !VersionPattern.IsMatch(asked))
        {
            throw new StripeErrorException(StripeError.InvalidRequest($"Invalid Stripe API version: {asked}"));
        }
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(\.[a-z]{1,32})?(; ?[ -~]{1,256})?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex VersionPattern { get; }
}
