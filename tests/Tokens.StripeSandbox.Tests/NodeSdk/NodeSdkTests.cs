using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.NodeSdk;

/// <summary>Stripe's official Node SDK, unchanged, against the sandbox; what is asserted stands in <c>sdk.mjs</c>.</summary>
public sealed class NodeSdkTests
{
    [Theory]
    [InlineData("paymentIntents")]
    [InlineData("threeDSecure")]
    [InlineData("autoPaging")]
    [InlineData("idempotency")]
    [InlineData("retriesBySdk")]
    [InlineData("cardErrors")]
    [InlineData("requestErrors")]
    [InlineData("serverErrors")]
    [InlineData("paymentMethods")]
    [InlineData("savedCards")]
    [InlineData("events")]
    public async Task The_official_SDK_finds_what_it_knows_from_Stripe(string group)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await NodeScript.RunAsync(group, new { sandbox.Address });
    }

    [Fact]
    public async Task The_official_SDK_believes_delivered_webhooks_and_no_altered_ones()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync(directory: null, settings: receiver.Settings);
        await sandbox.Caller.PostAsync(
            StripeCaller.Intents, "amount=1900&currency=usd&payment_method=pm_card_visa&confirm=true&description=Gr%C3%BC%C3%9Fe");
        var webhooks = await receiver.ReceivesAsync(3);
        await sandbox.StruckOffAsync();

        await NodeScript.RunAsync("webhooks", new
        {
            sandbox.Address,
            WebhookSecret = WebhookReceiver.Secret,
            Webhooks = webhooks.Select(webhook => new { webhook.Body, webhook.Signature }),
        });
    }

    [Fact]
    public async Task A_group_that_finds_a_difference_fails()
    {
        await using var sandbox = await RunningSandbox.StartAsync(("StripeSandbox:MaxPageSize", "1"));

        var failure = await Assert.ThrowsAsync<ShouldAssertException>(() => NodeScript.RunAsync("paymentIntents", new { sandbox.Address }));

        failure.Message.ShouldContain("less than or equal to 1");
    }
}
