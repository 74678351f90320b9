using Stripe;

namespace Tokens.StripeSandbox.Tests.DotNetSdk;

/// <summary>Stripe.net, unchanged, has cards kept for customers.</summary>
public sealed class SavedCardTests
{
    [Fact]
    public async Task A_card_is_set_up_pays_while_its_holder_is_away_and_is_detached()
    {
        await using var stripe = await DotNetClient.StartAsync();
        var customer = await CustomerAsync(stripe);
        var setup = await stripe.V1.SetupIntents.CreateAsync(new SetupIntentCreateOptions
        {
            Customer = customer.Id,
            AllowedPaymentMethodTypes = ["card"],
            Usage = "off_session",
        });
        setup.ClientSecret.ShouldStartWith(setup.Id + "_secret_");

        var done = await stripe.V1.SetupIntents.ConfirmAsync(setup.Id, new SetupIntentConfirmOptions { PaymentMethod = DotNetClient.Visa });

        (setup.Status, done.Status).ShouldBe(("requires_payment_method", "succeeded"));
        var kept = (await ListAsync(stripe, customer)).Data.ShouldHaveSingleItem();
        (kept.Id, kept.CustomerId, kept.Card.Last4).ShouldBe((done.PaymentMethodId, customer.Id, "4242"));
        var paid = await stripe.V1.PaymentIntents.CreateAsync(new PaymentIntentCreateOptions
        {
            Amount = 1_900,
            Currency = "usd",
            Customer = customer.Id,
            PaymentMethod = kept.Id,
            OffSession = true,
            Confirm = true,
        });
        (paid.Status, paid.CustomerId, paid.PaymentMethodId).ShouldBe(("succeeded", customer.Id, kept.Id));
        (await stripe.V1.PaymentMethods.DetachAsync(kept.Id)).CustomerId.ShouldBeNull();
        (await ListAsync(stripe, customer)).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cards_of_one_number_have_one_fingerprint()
    {
        await using var stripe = await DotNetClient.StartAsync();
        var customer = await CustomerAsync(stripe);
        foreach (var card in new[] { DotNetClient.Visa, DotNetClient.Visa, "pm_card_amex" })
        {
            await stripe.V1.PaymentMethods.AttachAsync(card, new PaymentMethodAttachOptions { Customer = customer.Id });
        }

        var kept = (await ListAsync(stripe, customer)).Data;

        kept.Count.ShouldBe(3);
        kept.Select(method => method.Card.Fingerprint).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_customer_is_retrieved_until_it_is_deleted_and_missing_then()
    {
        await using var stripe = await DotNetClient.StartAsync();
        var customer = await CustomerAsync(stripe);
        (await stripe.V1.Customers.GetAsync(customer.Id)).Metadata["member"].ShouldBe("m-1");

        (await stripe.V1.Customers.DeleteAsync(customer.Id)).Deleted.ShouldBe(true);

        (await stripe.V1.Customers.GetAsync(customer.Id)).Deleted.ShouldBe(true);
        var error = (await Should.ThrowAsync<StripeException>(() => ListAsync(stripe, customer))).StripeError;
        (error.Code, error.Param).ShouldBe(("resource_missing", "customer"));
    }

    private static Task<Customer> CustomerAsync(DotNetClient stripe) =>
        stripe.V1.Customers.CreateAsync(new CustomerCreateOptions { Metadata = new() { ["member"] = "m-1" } });

    private static Task<StripeList<PaymentMethod>> ListAsync(DotNetClient stripe, Customer customer) =>
        stripe.V1.PaymentMethods.ListAsync(new PaymentMethodListOptions { Customer = customer.Id, Type = "card" });
}
