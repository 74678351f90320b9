using Stripe;
using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.DotNetSdk;

/// <summary>Stripe.net, unchanged, reads events and believes those that were delivered, at its own API version.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task Events_are_listed_with_the_object_that_they_are_about()
    {
        await using var stripe = await DotNetClient.StartAsync();
        var paid = await stripe.CreateAsync(confirm: true, key: "order-1");

        List<string> types = ["payment_intent.succeeded", "payment_intent.created"];

        var events = await stripe.V1.Events.ListAsync(new EventListOptions { Types = types });

        events.Data.Select(occurred => occurred.Type).ShouldBe(types);
        var succeeded = await stripe.V1.Events.GetAsync(events.Data[0].Id);
        succeeded.ApiVersion.ShouldBe(StripeConfiguration.ApiVersion);
        (succeeded.Request.Id, succeeded.Request.IdempotencyKey).ShouldBe((paid.StripeResponse.RequestId, "order-1"));
        var subject = succeeded.Data.Object.ShouldBeOfType<PaymentIntent>();
        (subject.Id, subject.Status, subject.AmountReceived).ShouldBe((paid.Id, "succeeded", 1_900));
    }

    [Fact]
    public async Task A_delivered_event_is_believed_and_no_altered_one()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var stripe = await DotNetClient.StartAsync(receiver);
        var paid = await stripe.CreateAsync(confirm: true);

        foreach (var webhook in await receiver.ReceivesAsync(3))
        {
            var occurred = EventUtility.ConstructEvent(webhook.Text, webhook.Signature, WebhookReceiver.Secret);

            (occurred.Id, occurred.Type, occurred.ApiVersion).ShouldBe((webhook.Id, webhook.Type, StripeConfiguration.ApiVersion));
            var subject = occurred.Data.Object is Charge charge ? charge.PaymentIntentId : ((PaymentIntent)occurred.Data.Object).Id;
            subject.ShouldBe(paid.Id);
            ShouldBeRefused(webhook.Text.Replace("1900", "1901", StringComparison.Ordinal), webhook.Signature);
            ShouldBeRefused(webhook.Text, webhook.Signature, WebhookReceiver.Secret + "x");
            ShouldBeRefused(webhook.Text, webhook.Signature, at: occurred.Created.AddMinutes(10));
        }
    }

    private static void ShouldBeRefused(string body, string signature, string secret = WebhookReceiver.Secret, DateTime? at = null)
    {
        var now = new DateTimeOffset(at ?? TimeProvider.System.GetUtcNow().UtcDateTime, TimeSpan.Zero).ToUnixTimeSeconds();
        Should.Throw<StripeException>(() => EventUtility.ConstructEvent(body, signature, secret, EventUtility.DefaultTimeTolerance, now));
    }
}
