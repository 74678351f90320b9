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

/// <summary>
/// <c>POST /sandbox/payment_intents/{id}/authenticate</c>: the card's holder passes 3-D Secure, or doesn't. A program says so in JSON
/// and gets the intent; a person by the page's form and is sent on.
/// </summary>
internal static class AuthenticatePaymentIntent
{
    internal enum Outcome
    {
        Succeed,
        Fail,
    }

    internal sealed record Request([property: JsonRequired] Outcome Outcome);

    /// <summary>After it; <paramref name="Refusal"/> when there was nothing to authenticate, <paramref name="ReturnUrl"/> else, if any.</summary>
    private sealed record Result(PaymentIntent Intent, StripeReply? Refusal, string? ReturnUrl);

    internal static async Task Handle(HttpContext context)
    {
        var byPage = context.Request.HasFormContentType;
        var outcome = byPage ? await ReadFormAsync(context) : await ReadJsonAsync(context);
        var id = context.GetRouteValue("id") as string ?? "";
        var events = new EventJournal(
            context.RequestServices.GetRequiredService<WebhookOutbox>(),
            context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        var db = context.RequestServices.GetRequiredService<SandboxDb>();
        var (result, reply) = await db.WriteAsync(session =>
        {
            var completed = Complete(session, id, outcome, events);
            return (completed, completed.Refusal ?? PaymentIntentReply.Ok(session, completed.Intent, Expansion.None));
        });
        if (!byPage)
        {
            await StripeAnswer.WriteAsync(context, reply);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = result.ReturnUrl is { } url
            ? ReturnAddress.Of(url, result.Intent)
            : context.Request.Path.ToUriComponent();
    }

    private static Result Complete(DbSession session, string id, Outcome outcome, EventJournal events)
    {
        var intent = PaymentIntentTable.Get(session, id);
        if (intent.Status != PaymentIntentStatus.RequiresAction)
        {
            var refusal = PaymentIntentReply.UnexpectedState(
                session,
                intent,
                $"There is nothing to authenticate: the PaymentIntent has a status of {PaymentIntentReply.Name(intent.Status)}.");
            return new Result(intent, refusal, ReturnUrl: null);
        }

        var authenticated = PaymentAttempt.AfterAuthentication(session, intent, outcome == Outcome.Succeed, events);
        PaymentIntentTable.Update(session, authenticated);
        PaymentIntentEvents.Attempted(session, authenticated, events);
        return new Result(authenticated, Refusal: null, intent.NextAction?.ReturnUrl);
    }

    private static async Task<Outcome> ReadFormAsync(HttpContext context) =>
        (await StripeRequest.ReadParametersAsync(context)).NonEmptyText("outcome") switch
        {
            "succeed" => Outcome.Succeed,
            "fail" => Outcome.Fail,
            _ => throw Refused("The form must say outcome=succeed or outcome=fail."),
        };

    private static async Task<Outcome> ReadJsonAsync(HttpContext context)
    {
        try
        {
            var request = await JsonSerializer.DeserializeAsync<Request>(
                context.Request.Body, StripeJson.Options, context.RequestAborted);
            return (request ?? throw new JsonException("The body is null.")).Outcome;
        }
        catch (JsonException)
        {
            throw Refused("The body must be JSON: { \"outcome\": \"succeed\" } or { \"outcome\": \"fail\" }.");
        }
    }

    private static StripeErrorException Refused(string message) => new(StripeError.InvalidRequest(message, "outcome"));
}
