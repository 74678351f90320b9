using Stripe;

namespace Tokens.StripeSandbox.Tests.DotNetSdk;

/// <summary>Stripe.net, unchanged, makes payments, finishes them and lists them.</summary>
public sealed class PaymentTests
{
    [Fact]
    public async Task An_intent_is_created_confirmed_and_retrieved()
    {
        await using var stripe = await DotNetClient.StartAsync();
        var created = await stripe.V1.PaymentIntents.CreateAsync(new PaymentIntentCreateOptions
        {
            Amount = 1_900,
            Currency = "usd",
            PaymentMethod = DotNetClient.Visa,
            AllowedPaymentMethodTypes = ["card"],
            Metadata = new() { ["purchase"] = "p-1", ["word"] = "Grüße 🎁" },
        });

        var paid = await stripe.V1.PaymentIntents.ConfirmAsync(created.Id, new PaymentIntentConfirmOptions { Expand = ["latest_charge"] });

        (created.Status, created.Metadata["word"]).ShouldBe(("requires_confirmation", "Grüße 🎁"));
        created.PaymentMethodTypes.ShouldBe(["card"]);
        created.StripeResponse.RequestId.ShouldStartWith("req_");
        created.StripeResponse.Headers.GetValues("Stripe-Version").ShouldBe([StripeConfiguration.ApiVersion]);
        (paid.Status, paid.AmountReceived, paid.LatestCharge.Status).ShouldBe(("succeeded", 1_900, "succeeded"));
        var retrieved = await stripe.V1.PaymentIntents.GetAsync(created.Id);
        (retrieved.Status, retrieved.LatestChargeId, retrieved.Created).ShouldBe(("succeeded", paid.LatestCharge.Id, created.Created));
    }

    [Fact]
    public async Task An_intent_is_cancelled_once_and_can_not_be_paid_then()
    {
        await using var stripe = await DotNetClient.StartAsync();
        var created = await stripe.CreateAsync();

        var cancelled = await stripe.V1.PaymentIntents.CancelAsync(
            created.Id, new PaymentIntentCancelOptions { CancellationReason = "abandoned" });

        (cancelled.Status, cancelled.CancellationReason).ShouldBe(("canceled", "abandoned"));
        (await Should.ThrowAsync<StripeException>(() => stripe.V1.PaymentIntents.ConfirmAsync(created.Id)))
            .StripeError.Code.ShouldBe("payment_intent_unexpected_state");
    }

    [Fact]
    public async Task A_payment_that_waits_for_its_payer_says_where_to_go()
    {
        await using var stripe = await DotNetClient.StartAsync();
        var created = await stripe.CreateAsync("pm_card_threeDSecure2Required");

        var waiting = await stripe.V1.PaymentIntents.ConfirmAsync(
            created.Id, new PaymentIntentConfirmOptions { ReturnUrl = "https://shop.test/done" });

        waiting.Status.ShouldBe("requires_action");
        waiting.NextAction.RedirectToUrl.ReturnUrl.ShouldBe("https://shop.test/done");
        (await stripe.Sandbox.Caller.AuthenticateAsync(created.Id, "succeed")).Status.ShouldBe(200);
        (await stripe.V1.PaymentIntents.GetAsync(created.Id)).Status.ShouldBe("succeeded");
    }

    [Fact]
    public async Task Lists_are_paged_to_their_end()
    {
        await using var stripe = await DotNetClient.StartAsync();
        var made = new List<string>();
        for (var i = 0; i < 25; i++)
        {
            made.Insert(0, (await stripe.CreateAsync()).Id);
        }

        var listed = new List<string>();
        await foreach (var intent in stripe.V1.PaymentIntents.ListAutoPagingAsync(new PaymentIntentListOptions { Limit = 10 }))
        {
            listed.Add(intent.Id);
        }

        listed.ShouldBe(made);
        var page = await stripe.V1.PaymentIntents.ListAsync(new PaymentIntentListOptions { Limit = 3, StartingAfter = made[9] });
        (page.HasMore, page.Data.Count, page.Data[0].Id).ShouldBe((true, 3, made[10]));
    }

    [Fact]
    public async Task A_repeat_under_a_key_is_the_first_answer_and_pays_once()
    {
        await using var stripe = await DotNetClient.StartAsync();

        var first = await stripe.CreateAsync(confirm: true, key: "order-1");
        var again = await stripe.CreateAsync(confirm: true, key: "order-1");

        again.Id.ShouldBe(first.Id);
        first.StripeResponse.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        again.StripeResponse.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        again.StripeResponse.IdempotencyKey.ShouldBe("order-1");
        (await stripe.Sandbox.Caller.GetAsync("/sandbox/charges"))["charges"].GetArrayLength().ShouldBe(1);
    }
}
