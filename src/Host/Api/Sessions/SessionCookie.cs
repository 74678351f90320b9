using Microsoft.AspNetCore.Authentication.Cookies;
using Tokens.Platform.Problems;

namespace Tokens.Host.Api.Sessions;

/// <summary>Reads and writes the session's cookie, in one piece.</summary>
internal sealed class SessionCookie : ICookieManager
{
    // Browsers keep 4,096 bytes a cookie, name and attributes included, and drop a larger one without a word.
    private const int ValueLengthMax = 3_800;

    private static readonly Problem TooLarge = new(
        ProblemKind.InvalidRequest, "The token names more roles than a session cookie holds; use it as a bearer token instead.");

    public string? GetRequestCookie(HttpContext context, string key) => context.Request.Cookies[SiteCookies.NameOf(key, context)];

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options)
    {
        if (value?.Length > ValueLengthMax)
        {
            throw new ProblemException(TooLarge);
        }

        context.Response.Cookies.Append(SiteCookies.NameOf(key, context), value ?? "", options);
    }

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        context.Response.Cookies.Delete(SiteCookies.NameOf(key, context), options);
}
