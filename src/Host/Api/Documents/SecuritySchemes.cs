using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Tokens.Host.Api.Sessions;

namespace Tokens.Host.Api.Documents;

/// <summary>Writes into the OpenAPI document who may call what: by bearer token, or by session cookie with its CSRF token.</summary>
internal static class SecuritySchemes
{
    private const string Bearer = "bearer";
    private const string SessionCookie = "session";
    private const string CsrfToken = "csrf";

    internal static void Describe(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" },
            [SessionCookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = SiteCookies.HttpsPrefix + SiteCookies.Session,
                Description = $"Set by POST {SessionRoutes.SessionPath}. Over http its name is {SiteCookies.Session}.",
            },
            [CsrfToken] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = CsrfGuard.Header,
                Description = $"From GET {SessionRoutes.CsrfTokenPath}; beside the cookie, never beside a bearer token.",
            },
        };
        document.Security = [Requirement(document, Bearer), Requirement(document, SessionCookie)];
    }

    internal static void Describe(OpenApiOperation operation, OpenApiDocument document, string? method, IList<object> metadata)
    {
        if (metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [];
        }
        else if (metadata.OfType<IAuthorizeData>().Any(data => data.AuthenticationSchemes == JwtBearerDefaults.AuthenticationScheme))
        {
            operation.Security = [Requirement(document, Bearer)];
        }
        else if (method is not ("GET" or "HEAD"))
        {
            operation.Security = [Requirement(document, Bearer), Requirement(document, SessionCookie, CsrfToken)];
        }
    }

    private static OpenApiSecurityRequirement Requirement(OpenApiDocument document, params string[] schemes)
    {
        var requirement = new OpenApiSecurityRequirement();
        foreach (var scheme in schemes)
        {
            requirement[new OpenApiSecuritySchemeReference(scheme, document)] = [];
        }

        return requirement;
    }
}
