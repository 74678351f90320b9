using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Tokens.Host.Ops;

/// <summary>Reads a request's bearer token by the sign-in of the process's API host, whichever application serves the request.</summary>
internal static class BearerSignIn
{
    /// <summary>Returns the member; null where the token is missing or not valid, or where no API host of this process can tell.</summary>
    internal static async Task<ClaimsPrincipal?> ReadAsync(HttpContext request, IServiceProvider? api)
    {
        if (api is null)
        {
            return null;
        }

        await using var scope = api.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = request.RequestAborted };
        context.Request.Headers.Authorization = request.Request.Headers.Authorization;
        var result = await scope.ServiceProvider.GetRequiredService<IAuthenticationService>()
            .AuthenticateAsync(context, JwtBearerDefaults.AuthenticationScheme);
        return result.Principal;
    }
}
