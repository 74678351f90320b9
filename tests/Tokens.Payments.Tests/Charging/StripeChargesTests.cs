using Stripe;
using Tokens.Payments.Charging;
using Tokens.Payments.Purchases;
using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Charging;

public sealed class StripeChargesTests
{
    private const string Secret = "pi_1_secret_x";

    [Theory]
    [InlineData($$"""{ "id": "pi_1", "client_secret": "{{Secret}}", "am""")]
    [InlineData($$"""{ "id": "pi_1", "client_secret": "{{Secret}}", "amount": "much" }""")]
    public async Task A_fault_does_not_quote_an_answer_that_may_hold_a_client_secret(string answer)
    {
        await using var server = await WireServer.AnsweringAsync(200, answer);
        using var pipeline = Pipeline();
        var charges = new StripeCharges(server.Intents, pipeline);
        using var time = new DriveTime(TimeProvider.System.GetTimestamp(), new PaymentsOptions(), TimeProvider.System);
        var purchase = Opened();
        purchase.HasIntent("pi_1");

        Task<PaymentIntent>[] calls =
        [
            charges.CreateAsync(purchase, CancellationToken.None),
            charges.ConfirmAsync(purchase, time),
            charges.RetrieveAsync(purchase, StripeUse.Background, CancellationToken.None),
            charges.CancelAsync(purchase, StripeUse.Purchase, CancellationToken.None),
        ];

        foreach (var call in calls)
        {
            var fault = await Should.ThrowAsync<StripeException>(() => call);
            StripeFaults.IsServerError(fault).ShouldBeTrue();
            fault.ToString().ShouldNotContain(Secret);
            fault.StripeResponse!.RequestId.ShouldBe("req_7");
        }
    }

    [Fact]
    public async Task What_a_purchase_does_not_say_is_not_sent()
    {
        await using var server = await WireServer.AnsweringAsync(200, """{ "id": "pi_1" }""");
        using var pipeline = Pipeline();
        var charges = new StripeCharges(server.Intents, pipeline);
        using var time = new DriveTime(TimeProvider.System.GetTimestamp(), new PaymentsOptions(), TimeProvider.System);
        var purchase = Opened();
        purchase.HasIntent("pi_1");

        await charges.CreateAsync(purchase, CancellationToken.None);
        await charges.ConfirmAsync(purchase, time);
        await charges.CancelAsync(purchase, StripeUse.Purchase, CancellationToken.None);

        server.Requests.Select(request => string.Join(' ', request.Body.Split('&').Order(StringComparer.Ordinal))).ShouldBe(
            [
                $"allowed_payment_method_types[0]=card amount=500 currency=usd metadata[member_id]={purchase.MemberId} "
                + $"metadata[purchase_id]={purchase.Id} payment_method=pm_card_visa",
                "use_stripe_sdk=true",
                "",
            ]);
    }

    private static StripePipeline Pipeline() => TestStripePipeline.Create(new() { RetryDelayMilliseconds = 1, RetriesMax = 1 });

    private static Purchase Opened()
    {
        var order = new PurchaseOrder(
            Guid.CreateVersion7(), PurchaseRoutes.Purchase, Key: null, Tokens: 50, BonusTokens: 0, AmountMinor: 500, "pm_card_visa");
        var now = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return Purchase.Open(order, Guid.CreateVersion7(), now, claimedUntil: now, firstCheckAt: now);
    }
}
