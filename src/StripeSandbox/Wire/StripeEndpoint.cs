using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tokens.StripeSandbox.Faults;
using Tokens.StripeSandbox.Idempotency;
using Tokens.StripeSandbox.Storage;

namespace Tokens.StripeSandbox.Wire;

/// <summary>What a <c>/v1</c> route does, in one transaction: a returned answer commits its effects, a throw undoes them.</summary>
internal delegate StripeReply StripeHandler(StripeRequest request, DbSession session);

/// <summary>Carries a <c>/v1</c> call from HTTP to its handler and back, through what goes wrong on purpose.</summary>
internal static class StripeEndpoint
{
    internal static RequestDelegate Read(StripeHandler handler) => context => ReadAsync(context, handler);

    internal static RequestDelegate Write(StripeHandler handler) => context => WriteAsync(context, handler);

    private static async Task ReadAsync(HttpContext context, StripeHandler handler)
    {
        var request = await StripeRequest.ReadAsync(context);
        var db = context.RequestServices.GetRequiredService<SandboxDb>();
        await AnswerAsync(context, handler, work => Task.FromResult(db.Read(session => work(request, session))));
    }

    private static async Task WriteAsync(HttpContext context, StripeHandler handler)
    {
        var request = await StripeRequest.ReadAsync(context, IdempotencyKey.Echo(context));
        var writes = context.RequestServices.GetRequiredService<IdempotentWrites>();

        // Held from here on, so that a request which is made to wait is under way for those that repeat it.
        using var key = writes.TryTakeKey(request);
        await AnswerAsync(context, handler, async work =>
        {
            var (reply, originalRequestId, replayed) = await writes.RunAsync(request, work, key);
            if (request.IdempotencyKey is not null)
            {
                context.Response.Headers["Original-Request"] = originalRequestId;
            }

            if (replayed)
            {
                context.Response.Headers["Idempotent-Replayed"] = "true";
            }

            return reply;
        });
    }

    private static async Task AnswerAsync(HttpContext context, StripeHandler handler, Func<StripeHandler, Task<StripeReply>> run)
    {
        switch (await context.RequestServices.GetRequiredService<FaultInjection>().StrikeAsync())
        {
            case Fault.DropConnection:
                context.Abort();
                break;
            case Fault.RateLimit:
                throw FaultReply.RateLimited;
            case Fault.Error:
                throw FaultReply.NothingDone;
            case Fault.ErrorAfterEffect:
                await StripeAnswer.WriteAsync(context, await run(FaultReply.AfterEffect(handler)));
                break;
            case Fault.LostReply:
                await LoseReplyAsync(context, run(handler));
                break;
            default:
                await StripeAnswer.WriteAsync(context, await run(handler));
                break;
        }
    }

    private static async Task LoseReplyAsync(HttpContext context, Task<StripeReply> work)
    {
        try
        {
            await work;
        }
        catch (StripeErrorException)
        {
            // A refusal is a reply like any other.
        }

        context.Abort();
    }
}
