using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.SetupIntents;

/// <summary>Customers, and the ways of a payment method into their keeping and out of it.</summary>
public sealed class SavedMethodTests
{
    [Fact]
    public async Task A_setup_keeps_the_card_which_then_pays_while_its_holder_is_away()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var customer = await CustomerAsync(sandbox);
        var setup = await sandbox.Caller.PostAsync("/v1/setup_intents", $"customer={customer}&usage=off_session&payment_method_types[]=card");
        setup.String("status").ShouldBe("requires_payment_method");
        setup.String("client_secret")!.ShouldStartWith(setup.String("id") + "_secret_");

        var confirmed = await sandbox.Caller.PostAsync($"/v1/setup_intents/{setup.String("id")}/confirm", "payment_method=pm_card_visa");

        confirmed.String("status").ShouldBe("succeeded", confirmed.Text);
        var kept = (await ListAsync(sandbox, customer)).ShouldHaveSingleItem();
        kept.ShouldBe(confirmed.String("payment_method"));
        var paid = await OffSessionAsync(sandbox, customer, kept);
        (paid.Status, paid.String("status"), paid.String("customer")).ShouldBe((200, "succeeded", customer));
    }

    [Theory]
    [InlineData("pm_card_authenticationRequiredOnSetup", 200, "succeeded")]
    [InlineData("pm_card_authenticationRequired", 402, null)]
    public async Task A_card_that_asks_at_setup_passes_afterwards_and_one_that_asks_always_does_not(string card, int status, string? paidAs)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var customer = await CustomerAsync(sandbox);
        var setup = await sandbox.Caller.PostAsync("/v1/setup_intents", $"customer={customer}&payment_method={card}&confirm=true");
        setup.String("status").ShouldBe("requires_action", setup.Text);
        (await ListAsync(sandbox, customer)).ShouldBeEmpty();

        var done = await sandbox.Caller.PostAsync($"/sandbox/setup_intents/{setup.String("id")}/authenticate", "outcome=succeed");

        done.String("status").ShouldBe("succeeded", done.Text);
        var paid = await OffSessionAsync(sandbox, customer, done.String("payment_method")!);
        paid.Status.ShouldBe(status, paid.Text);
        if (paidAs is null)
        {
            paid.String("error", "code").ShouldBe("authentication_required");
        }
    }

    [Fact]
    public async Task A_setup_that_fails_keeps_nothing_and_may_be_tried_again()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var customer = await CustomerAsync(sandbox);
        var setup = await sandbox.Caller.PostAsync("/v1/setup_intents", $"customer={customer}&payment_method=pm_card_threeDSecure2Required&confirm=true");
        var id = setup.String("id");
        (await sandbox.Caller.PostAsync($"/sandbox/setup_intents/{id}/authenticate", "outcome=fail")).Status.ShouldBe(402);
        (await sandbox.Caller.GetAsync($"/v1/setup_intents/{id}")).String("last_setup_error", "code").ShouldBe("setup_intent_authentication_failure");
        (await sandbox.Caller.PostAsync($"/v1/setup_intents/{id}/confirm", "payment_method=pm_card_chargeDeclined")).Status.ShouldBe(402);
        (await ListAsync(sandbox, customer)).ShouldBeEmpty();

        (await sandbox.Caller.PostAsync($"/v1/setup_intents/{id}/confirm", "payment_method=pm_card_visa")).String("status").ShouldBe("succeeded");
        (await sandbox.Caller.PostAsync($"/v1/setup_intents/{id}/confirm", "payment_method=pm_card_visa"))
            .ShouldBeRefused(400, "setup_intent_unexpected_state", null);
        (await sandbox.Caller.PostAsync($"/v1/setup_intents/{id}/cancel", "")).ShouldBeRefused(400, "setup_intent_unexpected_state", null);
    }

    [Fact]
    public async Task A_payment_keeps_its_card_when_it_says_so()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var customer = await CustomerAsync(sandbox);

        await sandbox.Caller.PostAsync(
            StripeCaller.Intents,
            $"amount=500&currency=usd&customer={customer}&payment_method=pm_card_visa&setup_future_usage=off_session&confirm=true");
        await sandbox.Caller.PostAsync(
            StripeCaller.Intents, $"amount=500&currency=usd&customer={customer}&payment_method=pm_card_amex&confirm=true");

        (await ListAsync(sandbox, customer)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_kept_card_is_its_customers_until_it_is_detached_and_nobodys_after()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var (customer, other) = (await CustomerAsync(sandbox), await CustomerAsync(sandbox));
        var attached = await sandbox.Caller.PostAsync("/v1/payment_methods/pm_card_chargeCustomerFail/attach", $"customer={customer}");
        var id = attached.String("id")!;
        attached.String("customer").ShouldBe(customer);
        (await sandbox.Caller.PostAsync("/v1/payment_methods/pm_card_chargeDeclined/attach", $"customer={customer}")).Status.ShouldBe(402);
        (await OffSessionAsync(sandbox, other, id)).ShouldBeRefused(400, null, "payment_method");
        (await OffSessionAsync(sandbox, customer, id)).String("error", "code").ShouldBe("card_declined");
        (await sandbox.Caller.GetAsync($"/v1/customers/{customer}/payment_methods")).Text.ShouldContain(id);

        var open = await sandbox.Caller.CreateAsync($"amount=500&currency=usd&customer={customer}&payment_method={id}");
        (await sandbox.Caller.PostAsync($"/v1/payment_methods/{id}/detach", "")).Status.ShouldBe(200);

        (await sandbox.Caller.ConfirmAsync(open)).ShouldBeRefused(400, "payment_method_unactivated", "payment_method");
        (await ListAsync(sandbox, customer)).ShouldBeEmpty();
        (await OffSessionAsync(sandbox, customer, id)).ShouldBeRefused(400, "payment_method_unactivated", "payment_method");
        (await sandbox.Caller.PostAsync($"/v1/payment_methods/{id}/detach", "")).ShouldBeRefused(400, null, "payment_method");
        (await sandbox.Caller.PostAsync($"/v1/payment_methods/{id}/attach", "customer=cus_nobody")).ShouldBeRefused(400, "resource_missing", "customer");
    }

    private static async Task<string> CustomerAsync(RunningSandbox sandbox)
    {
        var customer = await sandbox.Caller.PostAsync("/v1/customers", "metadata[member_id]=m");
        customer.Status.ShouldBe(200, customer.Text);
        (await sandbox.Caller.GetAsync($"/v1/customers/{customer.String("id")}")).String("metadata", "member_id").ShouldBe("m");
        return customer.String("id")!;
    }

    private static async Task<List<string?>> ListAsync(RunningSandbox sandbox, string customer)
    {
        var list = await sandbox.Caller.GetAsync($"/v1/payment_methods?customer={customer}&type=card");
        list.Status.ShouldBe(200, list.Text);
        return [.. list["data"].EnumerateArray().Select(method => method.GetProperty("id").GetString())];
    }

    private static Task<Answer> OffSessionAsync(RunningSandbox sandbox, string customer, string? method) => sandbox.Caller.PostAsync(
        StripeCaller.Intents, $"amount=500&currency=usd&customer={customer}&payment_method={method}&off_session=true&confirm=true");
}
