using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tokens.StripeSandbox.Pages;
using Tokens.StripeSandbox.Storage;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary><c>GET /sandbox/payment_intents/{id}/authenticate</c>: where the card's holder passes 3-D Secure, or doesn't.</summary>
internal static class AuthenticationPage
{
    // No form-action: a browser holds it against the way back to the shop too. Banks' pages are shown in frames.
    private const string FurtherPolicy = "";

    internal static Task Handle(HttpContext context)
    {
        var id = context.GetRouteValue("id") as string ?? "";
        var intent = context.RequestServices.GetRequiredService<SandboxDb>().Read(session => PaymentIntentTable.Find(session, id));
        var (status, title, content) = intent is null
            ? (StatusCodes.Status404NotFound, "Unknown payment", Unknown(id))
            : (StatusCodes.Status200OK, "3-D Secure", Show(intent));
        Html page = $"""<main class="narrow"><div class="card">{content}</div></main>""";
        return PageAnswer.WriteAsync(context, status, title, page, FurtherPolicy);
    }

    private static Html Unknown(string id) => $"""
        <h1>Unknown payment</h1>
        <p class="about">The sandbox knows no payment <code>{id}</code>.</p>
        """;

    private static Html Show(PaymentIntent intent) => $"""
        <h1>3-D Secure</h1>
        <p class="amount">{Currencies.Display(intent.Amount, intent.Currency)}</p>
        {(intent.Description is { } description ? (Html)$"""<p class="about">{description}</p>""" : Html.Nothing)}
        {(intent.Status == PaymentIntentStatus.RequiresAction ? Question : Outcome(intent))}
        <p class="note about">Stripe sandbox: no real money moves. Payment <code>{intent.Id}</code></p>
        """;

    private static Html Question => $"""
        <p>Your bank asks whether it is you who pays.</p>
        <form method="post">
        <div class="buttons">
        <button name="outcome" value="succeed" class="primary">Complete authentication</button>
        <button name="outcome" value="fail">Fail authentication</button>
        </div>
        </form>
        """;

    private static Html Outcome(PaymentIntent intent) => intent switch
    {
        { Status: PaymentIntentStatus.Succeeded } => $"""<p><span class="badge good">paid</span> This payment is complete.</p>""",
        { Status: PaymentIntentStatus.Canceled } => $"""<p><span class="badge">canceled</span> This payment was canceled.</p>""",
        { LastPaymentError: { } error } => $"""<p><span class="badge bad">not paid</span> {error.Message}</p>""",
        _ => $"""<p><span class="badge">waiting</span> There is nothing to authenticate yet.</p>""",
    };
}
