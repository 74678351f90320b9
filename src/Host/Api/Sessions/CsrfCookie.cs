namespace Tokens.Host.Api.Sessions;

/// <summary>The antiforgery cookie, whose name follows the connection's scheme as the session cookie's does.</summary>
internal sealed class CsrfCookie : CookieBuilder
{
    private readonly IHttpContextAccessor _requests;

    internal CsrfCookie(IHttpContextAccessor requests)
    {
        _requests = requests;
        HttpOnly = true;
        IsEssential = true;
        Path = "/";
        SameSite = SameSiteMode.Strict;
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    public override string? Name
    {
        get => SiteCookies.NameOf(SiteCookies.Csrf, _requests.HttpContext);
        set => throw new NotSupportedException("The name follows the request.");
    }
}
