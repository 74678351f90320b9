using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Tokens.Platform.Problems;

namespace Tokens.Host.Api.Sessions;

/// <summary>
/// Refuses what a cookie signs in and what may change something, unless it proves to come from a page of that session. It stands
/// before the routes and asks none of them, so that no route can forget it; only what is open to everybody passes.
/// </summary>
internal sealed class CsrfGuard(RequestDelegate next, IAntiforgery antiforgery)
{
    internal const string Header = "X-CSRF-Token";

    private static readonly Problem Refused = new(
        ProblemKind.CsrfFailed, $"Send the token of GET {SessionRoutes.CsrfTokenPath} in the header {Header}; it belongs to this session alone.");

    public async Task InvokeAsync(HttpContext context)
    {
        if (Session.IdOf(context.User) is not null && !IsOpen(context) && !await antiforgery.IsRequestValidAsync(context))
        {
            await ProblemDocument.WriteAsync(context, Refused);
            return;
        }

        await next(context);
    }

    private static bool IsOpen(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
