using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.Customers;

/// <summary>What remains of a customer that was deleted: its name, and the answer that it is gone.</summary>
public sealed class DeletedCustomerTests
{
    [Fact]
    public async Task A_deleted_customer_is_retrieved_as_deleted_and_unknown_to_every_other_call()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var customer = (await sandbox.Caller.PostAsync("/v1/customers")).String("id")!;
        var setup = (await sandbox.Caller.PostAsync("/v1/setup_intents", $"customer={customer}")).String("id")!;

        var deleted = await DeleteAsync(sandbox, customer);

        deleted.Text.ShouldBe($$"""{"id":"{{customer}}","object":"customer","deleted":true}""");
        (await sandbox.Caller.GetAsync($"/v1/customers/{customer}")).Text.ShouldBe(deleted.Text);
        (await DeleteAsync(sandbox, customer)).ShouldBeRefused(404, "resource_missing", "id");
        (await sandbox.Caller.PostAsync($"/v1/customers/{customer}", "name=n")).ShouldBeRefused(404, "resource_missing", "id");
        (await sandbox.Caller.GetAsync($"/v1/customers/{customer}/payment_methods")).ShouldBeRefused(404, "resource_missing", "id");
        foreach (var refused in new[]
        {
            await sandbox.Caller.GetAsync($"/v1/payment_methods?customer={customer}&type=card"),
            await sandbox.Caller.PostAsync("/v1/setup_intents", $"customer={customer}"),
            await sandbox.Caller.PostAsync($"/v1/setup_intents/{setup}/confirm", "payment_method=pm_card_visa"),
            await sandbox.Caller.PostAsync("/v1/payment_methods/pm_card_visa/attach", $"customer={customer}"),
            await sandbox.Caller.PostAsync(StripeCaller.Intents, $"amount=500&currency=usd&customer={customer}&payment_method=pm_card_visa"),
        })
        {
            refused.ShouldBeRefused(400, "resource_missing", "customer");
            refused.String("error", "message").ShouldBe($"No such customer: '{customer}'");
        }
    }

    [Fact]
    public async Task Its_payment_methods_are_detached_and_its_open_intents_take_no_payment()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var customer = (await sandbox.Caller.PostAsync("/v1/customers")).String("id")!;
        var kept = (await sandbox.Caller.PostAsync("/v1/payment_methods/pm_card_visa/attach", $"customer={customer}")).String("id")!;
        var ofKept = await sandbox.Caller.CreateAsync($"amount=500&currency=usd&customer={customer}&payment_method={kept}");
        var ofNew = await sandbox.Caller.CreateAsync($"amount=500&currency=usd&customer={customer}&payment_method=pm_card_visa&setup_future_usage=off_session");

        await DeleteAsync(sandbox, customer);

        (await sandbox.Caller.GetAsync($"/v1/payment_methods/{kept}")).String("customer").ShouldBeNull();
        (await sandbox.Caller.ConfirmAsync(ofKept)).ShouldBeRefused(400, "payment_method_unactivated", "payment_method");
        (await sandbox.Caller.ConfirmAsync(ofNew)).ShouldBeRefused(400, "resource_missing", "customer");
        (await sandbox.Caller.ChargesOfAsync(ofKept)).ShouldBeEmpty();
        var shown = await sandbox.Caller.GetAsync($"{StripeCaller.Intents}/{ofNew}?expand[]=customer");
        shown["customer"].GetProperty("deleted").GetBoolean().ShouldBeTrue();
        (await sandbox.Caller.GetAsync("/v1/events?limit=2"))["data"].EnumerateArray().Select(each => each.GetProperty("type").GetString())
            .ShouldBe(["customer.deleted", "payment_method.detached"]);
    }

    private static Task<Answer> DeleteAsync(RunningSandbox sandbox, string customer) =>
        sandbox.Caller.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"/v1/customers/{customer}"));
}
