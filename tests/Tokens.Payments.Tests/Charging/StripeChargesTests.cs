using Stripe;
using Tokens.Payments.Charging;
using Tokens.Payments.Purchases;
using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Charging;

public sealed class StripeChargesTests
{
    private const string Secret = "pi_1_secret_x";

    [Fact]
    public async Task A_fault_does_not_quote_an_answer_that_may_hold_a_client_secret()
    {
        await using var server = await WireServer.AnsweringAsync(200, $$"""{ "id": "pi_1", "client_secret": "{{Secret}}", "am""");
        using var pipeline = TestStripePipeline.Create(new() { RetryDelayMilliseconds = 1, RetriesMax = 1 });
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

    private static Purchase Opened()
    {
        var order = new PurchaseOrder(
            Guid.CreateVersion7(), PurchaseRoutes.Purchase, Key: null, Tokens: 50, BonusTokens: 0, AmountMinor: 500, "pm_card_visa");
        var now = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return Purchase.Open(order, Guid.CreateVersion7(), now, claimedUntil: now, firstCheckAt: now);
    }
}
