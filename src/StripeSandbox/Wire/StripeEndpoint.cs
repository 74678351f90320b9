using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tokens.StripeSandbox.Idempotency;
using Tokens.StripeSandbox.Storage;

namespace Tokens.StripeSandbox.Wire;

/// <summary>What a <c>/v1</c> route does, in one transaction: a returned answer commits its effects, a throw undoes them.</summary>
internal delegate StripeReply StripeHandler(StripeRequest request, DbSession session);

/// <summary>Carries a <c>/v1</c> call from HTTP to its handler and back.</summary>
internal static class StripeEndpoint
{
    internal static RequestDelegate Read(StripeHandler handler) => async context =>
    {
        var request = await StripeRequest.ReadAsync(context);
        var db = context.RequestServices.GetRequiredService<SandboxDb>();
        await StripeAnswer.WriteAsync(context, db.Read(session => handler(request, session)));
    };

    internal static RequestDelegate Write(StripeHandler handler) => async context =>
    {
        var key = IdempotencyKey.Echo(context);
        var request = await StripeRequest.ReadAsync(context);
        var writes = context.RequestServices.GetRequiredService<IdempotentWrites>();
        var (reply, originalRequestId, replayed) = await writes.RunAsync(request, key, handler);
        if (key is not null)
        {
            context.Response.Headers["Original-Request"] = originalRequestId;
        }

        if (replayed)
        {
            context.Response.Headers["Idempotent-Replayed"] = "true";
        }

        await StripeAnswer.WriteAsync(context, reply);
    };
}
