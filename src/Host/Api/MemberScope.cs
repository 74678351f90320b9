using Tokens.Platform.Identity;

namespace Tokens.Host.Api;

/// <summary>Puts the member's id on every log line within the request, beside the trace id that the framework puts there.</summary>
internal sealed class MemberScope(RequestDelegate next, ILogger<MemberScope> logger)
{
    private static readonly Func<ILogger, string, IDisposable?> Begin = LoggerMessage.DefineScope<string>("Member {MemberId}");

    public async Task InvokeAsync(HttpContext context)
    {
        var id = context.User.Identity?.IsAuthenticated == true ? context.User.FindFirst(Caller.SubjectClaim)?.Value : null;
        using var scope = id is null ? null : Begin(logger, id);
        await next(context);
    }
}
