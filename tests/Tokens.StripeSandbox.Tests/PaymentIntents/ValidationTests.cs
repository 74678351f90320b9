using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.PaymentIntents;

public sealed class ValidationTests
{
    private const string Fine = "amount=500&currency=usd&payment_method=pm_card_visa";

    [Theory]
    [InlineData("currency=usd", "parameter_missing", "amount")]
    [InlineData("amount=&currency=usd", "parameter_invalid_empty", "amount")]
    [InlineData("amount=abc&currency=usd", "parameter_invalid_integer", "amount")]
    [InlineData("amount=5.5&currency=usd", "parameter_invalid_integer", "amount")]
    [InlineData("amount=1e3&currency=usd", "parameter_invalid_integer", "amount")]
    [InlineData("amount=99999999999999999999&currency=usd", "parameter_invalid_integer", "amount")]
    [InlineData("amount=0&currency=usd", "parameter_invalid_integer", "amount")]
    [InlineData("amount=-500&currency=usd", "parameter_invalid_integer", "amount")]
    [InlineData("amount=49&currency=usd", "amount_too_small", "amount")]
    [InlineData("amount=100000000&currency=usd", "amount_too_large", "amount")]
    [InlineData("amount[x]=500&currency=usd", null, "amount")]
    [InlineData("amount[]=500&currency=usd", null, "amount")]
    [InlineData("amount=500", "parameter_missing", "currency")]
    [InlineData("amount=500&currency=xyz", null, "currency")]
    [InlineData(Fine + "&payment_method=pm_nonsense", "resource_missing", "payment_method")]
    [InlineData(Fine + "&customer=cus_nobody", "resource_missing", "customer")]
    [InlineData(Fine + "&foo=1", "parameter_unknown", "foo")]
    [InlineData(Fine + "&foo[bar]=1", "parameter_unknown", "foo")]
    [InlineData(Fine + "&automatic_payment_methods[foo]=1", "parameter_unknown", "automatic_payment_methods[foo]")]
    [InlineData(Fine + "&automatic_payment_methods[allow_redirects]=never", "parameter_missing", "automatic_payment_methods[enabled]")]
    [InlineData(Fine + "&automatic_payment_methods[enabled]=maybe", null, "automatic_payment_methods[enabled]")]
    [InlineData(Fine + "&automatic_payment_methods=true", null, "automatic_payment_methods")]
    [InlineData(Fine + "&automatic_payment_methods[enabled]=true&payment_method_types[]=card", null, "automatic_payment_methods")]
    [InlineData(Fine + "&automatic_payment_methods[enabled]=true&allowed_payment_method_types[]=card", null, "automatic_payment_methods")]
    [InlineData(Fine + "&allowed_payment_method_types[]=card&payment_method_types[]=card", null, "allowed_payment_method_types")]
    [InlineData(Fine + "&allowed_payment_method_types[]=sepa_debit", null, "allowed_payment_method_types")]
    [InlineData(Fine + "&payment_method_types[]=sepa_debit", null, "payment_method_types")]
    [InlineData(Fine + "&payment_method_types=card", null, "payment_method_types")]
    [InlineData(Fine + "&capture_method=manual", null, "capture_method")]
    [InlineData(Fine + "&confirm=yes", null, "confirm")]
    [InlineData(Fine + "&off_session=true", null, "off_session")]
    [InlineData(Fine + "&return_url=https://a.test", null, "return_url")]
    [InlineData(Fine + "&confirm=true&return_url=nowhere", "url_invalid", "return_url")]
    [InlineData(Fine + "&expand[]=nonsense", null, "expand")]
    [InlineData(Fine + "&metadata=text", null, "metadata")]
    [InlineData(Fine + "&metadata[a][b]=1", null, "metadata[a]")]
    [InlineData(Fine + "&metadata[]=1", null, "metadata")]
    [InlineData("amount=500&currency=usd&confirm=true", "parameter_missing", "payment_method")]
    public async Task A_wrong_parameter_of_create_is_named_and_nothing_is_made(string form, string? code, string param)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        (await sandbox.Caller.PostAsync(StripeCaller.Intents, form)).ShouldBeRefused(400, code, param);

        (await sandbox.Caller.GetAsync(StripeCaller.Intents))["data"].GetArrayLength().ShouldBe(0);
        (await sandbox.Caller.GetAsync("/sandbox/charges")).Text.ShouldBe("{\"charges\":[]}");
    }

    [Fact]
    public async Task The_smallest_and_the_largest_amount_are_charged()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Caller.CreateAsync("amount=50&currency=usd");
        await sandbox.Caller.CreateAsync("amount=99999999&currency=usd");
        await sandbox.Caller.CreateAsync("amount=30&currency=gbp");
        foreach (var (currency, smallest) in new[] { ("usd", "$0.50 usd"), ("jpy", "¥50 jpy"), ("eur", "0.50 eur") })
        {
            (await sandbox.Caller.PostAsync(StripeCaller.Intents, $"amount=49&currency={currency}"))
                .String("error", "message").ShouldBe($"Amount must be at least {smallest}");
        }
    }

    [Fact]
    public async Task Metadata_has_limits()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var fifty = string.Concat(Enumerable.Range(0, 50).Select(i => $"&metadata[k{i}]=v"));
        var id = await sandbox.Caller.CreateAsync($"amount=500&currency=usd{fifty}");
        await sandbox.Caller.CreateAsync($"amount=500&currency=usd&metadata[{new string('k', 40)}]={new string('v', 500)}");

        string[] excesses = ["metadata[one-more]=v", $"metadata[{new string('k', 41)}]=v", $"metadata[k1]={new string('v', 501)}"];
        foreach (var excess in excesses)
        {
            (await sandbox.Caller.PostAsync($"{StripeCaller.Intents}/{id}", excess)).ShouldBeRefused(400, null, "metadata");
        }
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "")]
    [InlineData("POST", "/confirm")]
    [InlineData("POST", "/cancel")]
    public async Task An_unknown_intent_is_missing(string method, string path)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var missing = await sandbox.Caller.SendAsync(
            new HttpRequestMessage(new HttpMethod(method), $"{StripeCaller.Intents}/pi_unknown{path}"));

        missing.ShouldBeRefused(404, "resource_missing", "intent");
        missing.String("error", "message").ShouldBe("No such payment_intent: 'pi_unknown'");
    }

    [Theory]
    [InlineData("/confirm", "payment_method=pm_nonsense", "resource_missing", "payment_method")]
    [InlineData("/confirm", "amount=500", "parameter_unknown", "amount")]
    [InlineData("/cancel", "cancellation_reason=bored", null, "cancellation_reason")]
    [InlineData("", "amount=1", "amount_too_small", "amount")]
    [InlineData("", "status=succeeded", "parameter_unknown", "status")]
    public async Task A_wrong_parameter_of_a_step_changes_nothing(string path, string form, string? code, string param)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync();
        var before = await sandbox.Caller.RetrieveAsync(id);

        (await sandbox.Caller.PostAsync($"{StripeCaller.Intents}/{id}{path}", form)).ShouldBeRefused(400, code, param);

        (await sandbox.Caller.RetrieveAsync(id)).Text.ShouldBe(before.Text);
        (await sandbox.Caller.ChargesOfAsync(id)).ShouldBeEmpty();
    }
}
