using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace Tokens.Host.Api.Sessions;

/// <summary>Maps the routes of sessions.</summary>
internal static class SessionRoutes
{
    internal const string SessionPath = "/api/auth/session";
    internal const string CsrfTokenPath = "/api/csrf-token";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Sessions");
        group.MapPost(SessionPath, OpenSession.Handle).WithName("OpenSession")
            .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = JwtBearerDefaults.AuthenticationScheme })
            .WithSummary("Opens a session: a cookie that signs the pages of this site in for as long as the bearer token would")
            .RequireRateLimiting(HostLimits.Session.Name);
        group.MapDelete(SessionPath, CloseSession.Handle).WithName("CloseSession").RequireAuthorization()
            .WithSummary("Ends the cookie's session on every host").RequireRateLimiting(HostLimits.Session.Name);
        group.MapGet(CsrfTokenPath, GetCsrfToken.Handle).WithName("GetCsrfToken").RequireAuthorization()
            .WithSummary("The token that a session's POST, PUT, PATCH and DELETE must carry").RequireRateLimiting(HostLimits.CsrfToken.Name);
    }
}
