using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.PaymentIntents;

public sealed class AuthenticationPageTests
{
    private const string ThreeDSecure = "pm_card_threeDSecure2Required";

    [Fact]
    public async Task A_person_sees_the_amount_and_two_ways_to_go()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);
        var intent = await WaitingAsync(sandbox, "&description=" + Uri.EscapeDataString("<script>alert(1)</script>"));

        var page = await browser.GetAsync(PathOf(intent));

        page.Status.ShouldBe(200);
        page.ContentType.ShouldBe("text/html; charset=utf-8");
        page.Text.ShouldContain("$19.00 usd");
        page.Text.ShouldContain("<button name=\"outcome\" value=\"succeed\"");
        page.Text.ShouldContain("<button name=\"outcome\" value=\"fail\"");
        page.Text.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        page.Text.ShouldNotContain("<script>");
        page.Text.ShouldNotContain("_secret_");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; style-src 'self'; script-src 'self'");
    }

    [Theory]
    [InlineData("https://shop.test/done", "https://shop.test/done?{0}")]
    [InlineData("https://shop.test", "https://shop.test/?{0}")]
    [InlineData("https://shop.test/done?order=1&x=%C3%BC#top", "https://shop.test/done?order=1&x=%C3%BC&{0}#top")]
    [InlineData("https://bücher.test:8443/köln", "https://xn--bcher-kva.test:8443/k%C3%B6ln?{0}")]
    [InlineData("tokens-app://paid/now", "tokens-app://paid/now?{0}")]
    public async Task After_the_form_the_person_goes_back_to_the_shop_with_what_Stripe_adds(string returnUrl, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);
        var intent = await WaitingAsync(sandbox, "&return_url=" + Uri.EscapeDataString(returnUrl));

        var sent = await browser.SubmitAsync(PathOf(intent), "outcome=succeed");

        sent.Status.ShouldBe(303);
        var added =
            $"payment_intent={intent.String("id")}&payment_intent_client_secret={intent.String("client_secret")}&redirect_status=succeeded";
        sent.Location.ShouldBe(string.Format(null, expected, added));
        (await sandbox.Caller.RetrieveAsync(intent.String("id")!)).String("status").ShouldBe("succeeded");
        (await sandbox.Caller.ChargesOfAsync(intent.String("id")!)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(ThreeDSecure, "outcome=fail")]
    [InlineData("pm_card_threeDSecureRequiredChargeDeclined", "outcome=succeed")]
    public async Task What_is_not_paid_goes_back_as_failed(string card, string form)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);
        var intent = await WaitingAsync(sandbox, "&return_url=https%3A%2F%2Fshop.test%2Fdone", card);

        var sent = await browser.SubmitAsync(PathOf(intent), form);

        sent.Status.ShouldBe(303);
        sent.Location!.ShouldEndWith("&redirect_status=failed");
        (await sandbox.Caller.RetrieveAsync(intent.String("id")!)).String("status").ShouldBe("requires_payment_method");
    }

    [Theory]
    [InlineData("outcome=succeed", "This payment is complete.")]
    [InlineData("outcome=fail", "The provided PaymentMethod has failed authentication.")]
    public async Task Without_a_shop_to_go_back_to_the_page_says_how_it_ended(string form, string words)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);
        var intent = await WaitingAsync(sandbox);

        var sent = await browser.SubmitAsync(PathOf(intent), form);

        sent.Status.ShouldBe(303);
        sent.Location.ShouldBe(PathOf(intent));
        var page = await browser.GetAsync(sent.Location!);
        page.Text.ShouldContain(words);
        page.Text.ShouldNotContain("<form");
    }

    [Fact]
    public async Task A_form_sent_twice_pays_once_and_shows_how_it_ended()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);
        var intent = await WaitingAsync(sandbox, "&return_url=https%3A%2F%2Fshop.test%2Fdone");
        await browser.SubmitAsync(PathOf(intent), "outcome=succeed");

        var again = await browser.SubmitAsync(PathOf(intent), "outcome=fail");

        again.Status.ShouldBe(303);
        again.Location.ShouldBe(PathOf(intent));
        (await sandbox.Caller.RetrieveAsync(intent.String("id")!)).String("status").ShouldBe("succeeded");
        (await sandbox.Caller.ChargesOfAsync(intent.String("id")!)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("")]
    [InlineData("outcome=")]
    [InlineData("outcome=maybe")]
    [InlineData("outcome[]=succeed")]
    [InlineData("%zz")]
    public async Task A_form_without_an_outcome_changes_nothing(string form)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);
        var intent = await WaitingAsync(sandbox);

        (await browser.SubmitAsync(PathOf(intent), form)).Status.ShouldBe(400);

        (await sandbox.Caller.RetrieveAsync(intent.String("id")!)).String("status").ShouldBe("requires_action");
    }

    [Fact]
    public async Task Other_states_are_shown_too()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);
        var id = await sandbox.Caller.CreateAsync();
        (await browser.GetAsync($"/sandbox/payment_intents/{id}/authenticate")).Text.ShouldContain("There is nothing to authenticate yet.");
        await sandbox.Caller.PostAsync($"{StripeCaller.Intents}/{id}/cancel");
        (await browser.GetAsync($"/sandbox/payment_intents/{id}/authenticate")).Text.ShouldContain("This payment was canceled.");
    }

    [Fact]
    public async Task An_unknown_payment_is_a_page_of_its_own()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var browser = new Browser(sandbox.Address);

        var page = await browser.GetAsync("/sandbox/payment_intents/pi_%3Cscript%3E/authenticate");

        page.Status.ShouldBe(404);
        page.ContentType.ShouldBe("text/html; charset=utf-8");
        page.Text.ShouldContain("pi_&lt;script&gt;");
        (await browser.SubmitAsync("/sandbox/payment_intents/pi_unknown/authenticate", "outcome=succeed")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("%2Fdone")]
    [InlineData("done")]
    [InlineData("file%3A%2F%2F%2Fetc%2Fpasswd")]
    public async Task A_return_url_that_leads_nowhere_is_refused(string returnUrl)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        (await sandbox.Caller.PostAsync(
            StripeCaller.Intents, $"amount=1900&currency=usd&payment_method={ThreeDSecure}&confirm=true&return_url={returnUrl}"))
            .ShouldBeRefused(400, "url_invalid", "return_url");
    }

    private static string PathOf(Answer intent) => $"/sandbox/payment_intents/{intent.String("id")}/authenticate";

    private static async Task<Answer> WaitingAsync(RunningSandbox sandbox, string more = "", string card = ThreeDSecure)
    {
        var intent = await sandbox.Caller.PostAsync(
            StripeCaller.Intents, $"amount=1900&currency=usd&payment_method={card}&confirm=true{more}");
        intent.String("status").ShouldBe("requires_action", intent.Text);
        return intent;
    }
}
