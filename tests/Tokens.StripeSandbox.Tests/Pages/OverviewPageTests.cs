using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Tests.Running;
using Tokens.Testing;

namespace Tokens.StripeSandbox.Tests.Pages;

public sealed partial class OverviewPageTests
{
    private const string Overview = "/sandbox";
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    [Fact]
    public async Task The_root_leads_to_the_overview()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);

        var root = await browser.GetAsync("/");

        root.Status.ShouldBe(302);
        root.Location.ShouldBe(Overview);
        var page = await browser.GetAsync(Overview);
        page.Status.ShouldBe(200);
        page.ContentType.ShouldBe("text/html; charset=utf-8");
        page.Text.ShouldStartWith("<!DOCTYPE html>");
        page.Text.Split("None yet.").Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_page_may_load_the_sandboxs_own_style_and_script_alone()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);

        var page = await browser.GetAsync(Overview);

        page.Headers.GetValues("Content-Security-Policy").Single().ShouldBe(
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; " +
            "form-action 'self'; frame-ancestors 'none'");
        page.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        page.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        Loaded.Matches(page.Text).Select(match => match.Groups["url"].Value).ShouldBe(["data:,", "/sandbox/page.css", "/sandbox/page.js"]);
        page.Text.ShouldNotContain("style=");
        page.Text.ShouldNotContain("onclick");
        (await browser.GetAsync("/sandbox/page.css")).ContentType.ShouldBe("text/css; charset=utf-8");
        var script = await browser.GetAsync("/sandbox/page.js");
        script.ContentType.ShouldBe("text/javascript; charset=utf-8");
        script.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        script.Text.ShouldNotContain("http");
    }

    [Fact]
    public async Task Whatever_a_payment_says_is_shown_as_text()
    {
        const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;";
        var encoded = Uri.EscapeDataString(Hostile);
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);
        await sandbox.Caller.CreateAsync(
            $"amount=1900&currency=usd&description={encoded}&metadata[purchase]={encoded}&metadata[{Uri.EscapeDataString("<b>\"key")}]=v");

        var page = await browser.GetAsync(Overview);

        page.Text.Split("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&gt;&lt;img src=x onerror=alert(2)&gt;&amp;amp;").Length.ShouldBe(3);
        page.Text.ShouldContain("&lt;b&gt;&quot;key");
        page.Text.ShouldNotContain("<script>");
        page.Text.ShouldNotContain("<img");
        page.Text.ShouldNotContain("<b>");
        page.Text.ShouldNotContain("_secret_");
    }

    [Fact]
    public async Task The_latest_fifty_payments_are_shown_newest_first()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);
        List<string> made = [];
        for (var i = 0; i < 52; i++)
        {
            made.Insert(0, await sandbox.Caller.CreateAsync());
        }

        var payments = (await browser.GetAsync(Overview)).Text.Split("id=\"events\"")[0];

        PaymentId.Matches(payments).Select(match => match.Groups["id"].Value).ShouldBe(made[..50]);
    }

    [Fact]
    public async Task Payments_are_shown_as_they_stand()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);
        await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=1900&currency=usd&payment_method=pm_card_visa&confirm=true");
        await sandbox.Caller.PostAsync(
            StripeCaller.Intents, "amount=2100&currency=jpy&payment_method=pm_card_chargeDeclinedInsufficientFunds&confirm=true");
        var waiting = await sandbox.Caller.PostAsync(
            StripeCaller.Intents, "amount=700&currency=usd&payment_method=pm_card_threeDSecure2Required&confirm=true");

        var page = (await browser.GetAsync(Overview)).Text;

        page.ShouldContain("$19.00 usd");
        page.ShouldContain("visa 4242");
        page.ShouldContain("&#xA5;2100 jpy");
        page.ShouldContain("insufficient_funds");
        page.ShouldContain("visa 9995");
        page.ShouldContain($"<a href=\"/sandbox/payment_intents/{waiting.String("id")}/authenticate\">");
    }

    [Fact]
    public async Task Events_are_shown_with_how_their_webhooks_stand()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync(
            directory: null,
            settings: receiver.Settings,
            configuration: [("StripeSandbox:Webhooks:FirstPauseMilliseconds", "3600000"), ("StripeSandbox:Webhooks:LongestPauseMilliseconds", "3600000")]);
        using var browser = new Browser(sandbox.Address);
        await sandbox.Caller.PutAsync("/sandbox/webhooks", """{"paused":true}""");
        await sandbox.Caller.CreateAsync();
        (await browser.GetAsync(Overview)).Text.ShouldContain(">waiting</span>");

        await sandbox.Caller.PutAsync("/sandbox/webhooks", "{}");
        await ShowsAsync(browser, ">received</span>");
        await sandbox.Caller.PutAsync("/sandbox/webhooks", """{"duplicates":1}""");
        await sandbox.Caller.CreateAsync();
        await ShowsAsync(browser, ">received 2 times</span>");
        await sandbox.Caller.PutAsync("/sandbox/webhooks", "{}");

        receiver.Answer = static (_, _) => Task.FromResult(503);
        await sandbox.Caller.CreateAsync();
        await ShowsAsync(browser, "1×, answered 503");
        await sandbox.Services.GetRequiredService<SandboxDb>().WriteAsync(
            session => session.Execute("UPDATE deliveries SET due = NULL WHERE status = 503"));
        await ShowsAsync(browser, ">given up</span> <span class=\"note\">after 1 attempts");
    }

    [Fact]
    public async Task Without_a_receiver_events_are_shown_as_not_sent()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);
        await sandbox.Caller.CreateAsync();
        (await browser.GetAsync(Overview)).Text.ShouldContain(">not sent</span>");
    }

    [Fact]
    public async Task The_forms_show_the_switches_as_they_are_and_every_field_has_a_label()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);
        (await browser.GetAsync(Overview)).Text.ShouldNotContain(">on</span>");
        await sandbox.Caller.PutAsync("/sandbox/faults", """{"latencyMs":42,"lostReplyRate":0.125}""");
        await sandbox.Caller.PutAsync("/sandbox/webhooks", """{"shuffle":true,"duplicates":7}""");

        var page = (await browser.GetAsync(Overview)).Text;

        page.Split(">on</span>").Length.ShouldBe(3);
        page.ShouldContain("name=\"latencyMs\" value=\"42\"");
        page.ShouldContain("name=\"lostReplyRate\" value=\"0.125\"");
        page.ShouldContain("name=\"duplicates\" value=\"7\" min=\"0\" max=\"10\"");
        page.ShouldContain("name=\"shuffle\" checked");
        page.ShouldNotContain("name=\"paused\" checked");
        Input.Count(page).ShouldBe(11);
        LabelledInput.Count(page).ShouldBe(11);
    }

    private static Task ShowsAsync(Browser browser, string html) => Eventually.BecomesTrueAsync(
        async () => (await browser.GetAsync(Overview)).Text.Contains(html, StringComparison.Ordinal), Deadline, $"The page shows {html}");

    [GeneratedRegex("(href|src)=\"(?<url>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Loaded { get; }

    [GeneratedRegex("<code>(?<id>pi_[A-Za-z0-9]+)</code>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PaymentId { get; }

    [GeneratedRegex("<input ", RegexOptions.NonBacktracking)]
    private static partial Regex Input { get; }

    [GeneratedRegex("<label class=\"field\"><span>[^<]+</span>\\s*<input ", RegexOptions.NonBacktracking)]
    private static partial Regex LabelledInput { get; }
}
