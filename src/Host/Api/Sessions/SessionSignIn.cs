using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Tokens.Platform.Identity;
using Tokens.Platform.Secrets;

namespace Tokens.Host.Api.Sessions;

/// <summary>Sign-in by session cookie, beside that by bearer token.</summary>
internal static class SessionSignIn
{
    private const string Application = "tokens";

    internal static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.AddStoredKeys(Application, KeySettings.From(builder.Configuration));
        builder.Services.AddSingleton<ISignInStatus, SessionStatus>();
        builder.Services.AddAuthentication().AddCookie(Session.Scheme);
        builder.Services.AddOptions<CookieAuthenticationOptions>(Session.Scheme).Configure<TimeProvider>(Configure);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<IAntiforgeryAdditionalDataProvider, CsrfSession>();
        builder.Services.AddAntiforgery();
        builder.Services.AddOptions<AntiforgeryOptions>().Configure<IHttpContextAccessor>((options, requests) =>
        {
            options.Cookie = new CsrfCookie(requests);
            options.HeaderName = CsrfGuard.Header;
            options.SuppressReadingTokenFromFormBody = true;
            options.SuppressXFrameOptionsHeader = true;
        });
    }

    /// <summary>Who signs this request in: the token if there is one, good or bad, else the cookie if there is one.</summary>
    internal static string SchemeOf(HttpContext context) =>
        context.Request.Headers.ContainsKey("Authorization")
        || !context.Request.Cookies.ContainsKey(SiteCookies.NameOf(SiteCookies.Session, context))
        || TakesBearerOnly(context.GetEndpoint())
            ? JwtBearerDefaults.AuthenticationScheme
            : Session.Scheme;

    private static bool TakesBearerOnly(Endpoint? endpoint) =>
        endpoint?.Metadata.GetOrderedMetadata<IAuthorizeData>()
            .Any(data => data.AuthenticationSchemes == JwtBearerDefaults.AuthenticationScheme) == true;

    private static void Configure(CookieAuthenticationOptions options, TimeProvider time)
    {
        options.TimeProvider = time;
        options.SlidingExpiration = false;
        options.CookieManager = new SessionCookie();
        options.Cookie.Name = SiteCookies.Session;
        options.Cookie.HttpOnly = true;
        options.Cookie.Path = "/";
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = RefuseRevokedAsync,
            // There is no page to sign in at: the answer says so itself.
            OnRedirectToLogin = context =>
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                context.Response.Headers.WWWAuthenticate = JwtBearerDefaults.AuthenticationScheme;
                return Task.CompletedTask;
            },
            OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            },
        };
    }

    private static async Task RefuseRevokedAsync(CookieValidatePrincipalContext context)
    {
        var status = context.HttpContext.RequestServices.GetRequiredService<ISignInStatus>();
        if (!await status.StandsAsync(context.Principal!, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
        }
    }
}
