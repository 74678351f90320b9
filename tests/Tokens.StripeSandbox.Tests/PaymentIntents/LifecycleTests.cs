using System.Text.Json;
using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.PaymentIntents;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Create_without_a_payment_method_waits_for_one()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var created = await sandbox.Caller.PostAsync(
            StripeCaller.Intents,
            "amount=1900&currency=USD&description=200+tokens&metadata[purchase]=p-1&receipt_email=a%40b.test" +
            "&automatic_payment_methods[enabled]=true");

        created.Status.ShouldBe(200, created.Text);
        created.String("id")!.ShouldStartWith("pi_");
        created.String("object").ShouldBe("payment_intent");
        created.String("status").ShouldBe("requires_payment_method");
        created.String("client_secret")!.ShouldStartWith(created.String("id") + "_secret_");
        created.String("currency").ShouldBe("usd");
        created.String("description").ShouldBe("200 tokens");
        created.String("receipt_email").ShouldBe("a@b.test");
        created.String("metadata", "purchase").ShouldBe("p-1");
        created["amount"].GetInt64().ShouldBe(1900);
        created["livemode"].GetBoolean().ShouldBeFalse();
        created["automatic_payment_methods"].GetProperty("enabled").GetBoolean().ShouldBeTrue();
        created["payment_method_types"].EnumerateArray().Select(type => type.GetString()).ShouldBe(["card"]);
        foreach (var name in new[] { "payment_method", "latest_charge", "last_payment_error", "next_action", "customer", "canceled_at" })
        {
            created[name].ValueKind.ShouldBe(JsonValueKind.Null, name);
        }

        (await sandbox.Caller.RetrieveAsync(created.String("id")!)).Text.ShouldBe(created.Text);
        (await sandbox.Caller.ConfirmAsync(created.String("id")!)).ShouldBeRefused(400, "payment_intent_unexpected_state", null);
    }

    [Fact]
    public async Task Create_with_a_payment_method_waits_for_confirmation_and_charges_nothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync();

        (await sandbox.Caller.RetrieveAsync(id)).String("status").ShouldBe("requires_confirmation");
        (await sandbox.Caller.ChargesOfAsync(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_payment_method_made_from_a_test_card_can_be_named_again()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var first = await sandbox.Caller.RetrieveAsync(await sandbox.Caller.CreateAsync());
        var method = first.String("payment_method")!;

        method.ShouldStartWith("pm_");
        method.ShouldNotBe("pm_card_visa");
        var second = await sandbox.Caller.PostAsync(StripeCaller.Intents, $"amount=500&currency=usd&payment_method={method}&confirm=true");
        second.String("status").ShouldBe("succeeded");
        second.String("payment_method").ShouldBe(method);
    }

    [Fact]
    public async Task A_succeeded_intent_can_neither_be_confirmed_nor_canceled_nor_repriced()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync();
        var paid = await sandbox.Caller.ConfirmAsync(id);

        foreach (var (path, form) in new[] { ("/confirm", ""), ("/cancel", ""), ("", "amount=5000"), ("", "payment_method=pm_card_visa") })
        {
            var refused = await sandbox.Caller.PostAsync($"{StripeCaller.Intents}/{id}{path}", form);
            refused.ShouldBeRefused(400, "payment_intent_unexpected_state", null);
            refused.Error.GetProperty("payment_intent").GetRawText().ShouldBe(paid.Text);
        }

        (await sandbox.Caller.RetrieveAsync(id)).Text.ShouldBe(paid.Text);
        (await sandbox.Caller.ChargesOfAsync(id)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("amount=500&currency=usd")]
    [InlineData("amount=500&currency=usd&payment_method=pm_card_visa")]
    [InlineData("amount=500&currency=usd&payment_method=pm_card_threeDSecure2Required&confirm=true")]
    public async Task An_intent_that_is_not_paid_can_be_canceled_once(string form)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync(form);

        var canceled = await sandbox.Caller.PostAsync($"{StripeCaller.Intents}/{id}/cancel", "cancellation_reason=abandoned");

        canceled.Status.ShouldBe(200, canceled.Text);
        canceled.String("status").ShouldBe("canceled");
        canceled.String("cancellation_reason").ShouldBe("abandoned");
        canceled["canceled_at"].GetInt64().ShouldBeGreaterThan(0);
        canceled["next_action"].ValueKind.ShouldBe(JsonValueKind.Null);
        Answer[] refused =
        [
            await sandbox.Caller.PostAsync($"{StripeCaller.Intents}/{id}/cancel"),
            await sandbox.Caller.ConfirmAsync(id, "payment_method=pm_card_visa"),
            await sandbox.Caller.AuthenticateAsync(id, "succeed"),
        ];
        Array.ForEach(refused, answer => answer.ShouldBeRefused(400, "payment_intent_unexpected_state", null));
        (await sandbox.Caller.ChargesOfAsync(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Update_merges_metadata_and_changes_what_is_named()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync("amount=500&currency=usd&metadata[a]=1&metadata[b]=2&description=old");

        var updated = await sandbox.Caller.PostAsync(
            $"{StripeCaller.Intents}/{id}", "amount=900&metadata[b]=&metadata[c]=3&description=&payment_method=pm_card_amex");

        updated.Status.ShouldBe(200, updated.Text);
        updated["amount"].GetInt64().ShouldBe(900);
        updated["metadata"].GetRawText().ShouldBe("{\"a\":\"1\",\"c\":\"3\"}");
        updated["description"].ValueKind.ShouldBe(JsonValueKind.Null);
        updated.String("status").ShouldBe("requires_confirmation");
        (await sandbox.Caller.PostAsync($"{StripeCaller.Intents}/{id}", "metadata="))["metadata"].GetRawText().ShouldBe("{}");
        (await sandbox.Caller.ConfirmAsync(id))["amount_received"].GetInt64().ShouldBe(900);
        (await sandbox.Caller.PostAsync($"{StripeCaller.Intents}/{id}", "metadata[late]=yes")).String("metadata", "late").ShouldBe("yes");
    }

    [Fact]
    public async Task A_new_payment_method_replaces_one_that_waits_for_its_holder()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync("amount=500&currency=usd&payment_method=pm_card_threeDSecure2Required&confirm=true");

        (await sandbox.Caller.ConfirmAsync(id, "payment_method=pm_card_visa")).String("status").ShouldBe("succeeded");
        (await sandbox.Caller.AuthenticateAsync(id, "succeed")).Status.ShouldBe(400);
        (await sandbox.Caller.ChargesOfAsync(id)).ShouldHaveSingleItem();
    }
}
