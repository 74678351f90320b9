using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tokens.StripeSandbox.Faults;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Switches;
using Tokens.StripeSandbox.Webhooks;

namespace Tokens.StripeSandbox.Pages;

/// <summary><c>GET /sandbox</c>: the latest payments and events, and the switches.</summary>
internal static class OverviewPage
{
    internal const int RowsShown = 50;

    internal static Task Handle(HttpContext context)
    {
        var services = context.RequestServices;
        var (payments, events) = services.GetRequiredService<SandboxDb>()
            .Read(session => (PaymentList.Read(session), EventList.Read(session)));
        var faults = services.GetRequiredService<StoredSwitches<FaultSwitches>>().Current;
        var webhooks = services.GetRequiredService<StoredSwitches<WebhookSwitches>>().Current;
        var limits = services.GetRequiredService<IOptions<SandboxOptions>>().Value;
        Html content = $"""
            <header>
            <h1>Stripe sandbox</h1>
            <p>A stand-in for Stripe on this machine. No real money moves.</p>
            </header>
            <main class="overview">
            <div class="lists" data-live>
            {PaymentList.Show(payments)}
            {EventList.Show(events)}
            </div>
            <div class="switches">
            <noscript><p class="note">Switching needs JavaScript; or PUT JSON to the two addresses.</p></noscript>
            {SwitchForms.Show(faults, limits)}
            {SwitchForms.Show(webhooks, limits)}
            </div>
            </main>
            """;
        return PageAnswer.WriteAsync(context, StatusCodes.Status200OK, "Overview", content, PageAnswer.OwnForms);
    }
}
