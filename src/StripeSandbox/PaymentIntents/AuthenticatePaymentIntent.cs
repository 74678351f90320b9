using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tokens.StripeSandbox.Events;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Webhooks;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary><c>POST /sandbox/payment_intents/{id}/authenticate</c>: the card's holder passes 3-D Secure, or doesn't.</summary>
internal static class AuthenticatePaymentIntent
{
    internal enum Outcome
    {
        Succeed,
        Fail,
    }

    internal sealed record Request([property: JsonRequired] Outcome Outcome);

    internal static async Task Handle(HttpContext context)
    {
        var request = await ReadAsync(context);
        var id = context.GetRouteValue("id") as string ?? "";
        var events = new EventJournal(
            context.RequestServices.GetRequiredService<WebhookOutbox>(),
            context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        var db = context.RequestServices.GetRequiredService<SandboxDb>();
        await StripeAnswer.WriteAsync(context, await db.WriteAsync(session => Complete(session, id, request.Outcome, events)));
    }

    private static StripeReply Complete(DbSession session, string id, Outcome outcome, EventJournal events)
    {
        var intent = PaymentIntentTable.Get(session, id);
        if (intent.Status != PaymentIntentStatus.RequiresAction)
        {
            return PaymentIntentReply.UnexpectedState(
                session,
                intent,
                $"There is nothing to authenticate: the PaymentIntent has a status of {PaymentIntentReply.Name(intent.Status)}.");
        }

        var authenticated = PaymentAttempt.AfterAuthentication(session, intent, outcome == Outcome.Succeed, events);
        PaymentIntentTable.Update(session, authenticated);
        PaymentIntentEvents.Attempted(session, authenticated, events);
        return PaymentIntentReply.Ok(session, authenticated, Expansion.None);
    }

    private static async Task<Request> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<Request>(context.Request.Body, StripeJson.Options, context.RequestAborted)
                ?? throw new JsonException("The body is null.");
        }
        catch (JsonException)
        {
            throw new StripeErrorException(StripeError.InvalidRequest(
                "The body must be JSON: { \"outcome\": \"succeed\" } or { \"outcome\": \"fail\" }.", "outcome"));
        }
    }
}
