using System.Text;
using System.Text.Json;
using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.TestCards;

public sealed class ThreeDSecureTests
{
    [Theory]
    [InlineData("pm_card_threeDSecure2Required")]
    [InlineData("pm_card_authenticationRequired")]
    [InlineData("pm_card_authenticationRequiredOnSetup")]
    public async Task A_card_that_asks_for_its_holder_is_charged_only_after_authentication(string card)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync($"amount=500&currency=usd&payment_method={card}");

        var waiting = await sandbox.Caller.ConfirmAsync(id);
        waiting.Status.ShouldBe(200, waiting.Text);
        waiting.String("status").ShouldBe("requires_action");
        waiting.String("next_action", "type").ShouldBe("use_stripe_sdk");
        (await sandbox.Caller.ChargesOfAsync(id)).ShouldBeEmpty();

        var authenticated = await sandbox.Caller.AuthenticateAsync(id, "succeed");
        authenticated.Status.ShouldBe(200, authenticated.Text);
        authenticated.String("status").ShouldBe("succeeded");
        authenticated["next_action"].ValueKind.ShouldBe(JsonValueKind.Null);
        (await sandbox.Caller.ChargesOfAsync(id)).ShouldHaveSingleItem();
        (await sandbox.Caller.AuthenticateAsync(id, "succeed")).ShouldBeRefused(400, "payment_intent_unexpected_state", null);
        (await sandbox.Caller.ChargesOfAsync(id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task With_a_return_url_the_next_action_is_a_redirect_back_to_it()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var waiting = await sandbox.Caller.PostAsync(
            StripeCaller.Intents,
            "amount=500&currency=usd&payment_method=pm_card_threeDSecure2Required&confirm=true&return_url=https%3A%2F%2Fshop.test%2Fdone");

        waiting.String("next_action", "type").ShouldBe("redirect_to_url");
        waiting.String("next_action", "redirect_to_url", "return_url").ShouldBe("https://shop.test/done");
        waiting.String("next_action", "redirect_to_url", "url")
            .ShouldEndWith($"/sandbox/payment_intents/{waiting.String("id")}/authenticate");
    }

    [Fact]
    public async Task Failed_authentication_charges_nothing_and_asks_for_another_payment_method()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync("amount=500&currency=usd&payment_method=pm_card_threeDSecure2Required");
        await sandbox.Caller.ConfirmAsync(id);

        var failed = await sandbox.Caller.AuthenticateAsync(id, "fail");

        failed.String("status").ShouldBe("requires_payment_method");
        failed.String("last_payment_error", "code").ShouldBe("payment_intent_authentication_failure");
        (await sandbox.Caller.ChargesOfAsync(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_card_may_still_be_declined_after_authentication()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync("amount=500&currency=usd&payment_method=pm_card_threeDSecureRequiredChargeDeclined");
        (await sandbox.Caller.ConfirmAsync(id)).String("status").ShouldBe("requires_action");

        var declined = await sandbox.Caller.AuthenticateAsync(id, "succeed");

        declined.String("status").ShouldBe("requires_payment_method");
        declined.String("last_payment_error", "code").ShouldBe("card_declined");
        (await sandbox.Caller.ChargesOfAsync(id)).ShouldHaveSingleItem().GetProperty("status").GetString().ShouldBe("failed");
    }

    [Theory]
    [InlineData("pm_card_authenticationRequired", "off_session=true")]
    [InlineData("pm_card_threeDSecure2Required", "off_session=recurring")]
    [InlineData("pm_card_authenticationRequiredOnSetup", "error_on_requires_action=true")]
    public async Task Without_its_holder_present_the_card_is_declined(string card, string terms)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var declined = await sandbox.Caller.PostAsync(
            StripeCaller.Intents, $"amount=500&currency=usd&payment_method={card}&confirm=true&{terms}");

        declined.Status.ShouldBe(402, declined.Text);
        declined.ErrorCode.ShouldBe("authentication_required");
        declined.String("error", "decline_code").ShouldBe("authentication_required");
        declined.String("error", "payment_intent", "status").ShouldBe("requires_payment_method");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"outcome\":\"maybe\"}")]
    [InlineData("{\"outcome\":1}")]
    [InlineData("\u0000\u0001")]
    public async Task An_outcome_that_is_none_changes_nothing(string body)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync("amount=500&currency=usd&payment_method=pm_card_threeDSecure2Required");
        await sandbox.Caller.ConfirmAsync(id);

        var refused = await sandbox.Caller.AuthenticateAsync(id, new StringContent(body, Encoding.UTF8, "application/json"));

        refused.ShouldBeRefused(400, null, "outcome");
        (await sandbox.Caller.RetrieveAsync(id)).String("status").ShouldBe("requires_action");
    }

    [Fact]
    public async Task An_unknown_intent_can_not_be_authenticated()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        (await sandbox.Caller.AuthenticateAsync("pi_unknown", "succeed")).ShouldBeRefused(404, "resource_missing", "intent");
    }
}
