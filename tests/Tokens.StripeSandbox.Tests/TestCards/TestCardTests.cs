using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.TestCards;

public sealed class TestCardTests
{
    [Theory]
    [InlineData("pm_card_visa", "visa", "4242")]
    [InlineData("pm_card_visa_debit", "visa", "5556")]
    [InlineData("pm_card_mastercard", "mastercard", "4444")]
    [InlineData("pm_card_mastercard_debit", "mastercard", "8210")]
    [InlineData("pm_card_mastercard_prepaid", "mastercard", "5100")]
    [InlineData("pm_card_amex", "amex", "8431")]
    [InlineData("pm_card_discover", "discover", "9424")]
    [InlineData("pm_card_diners", "diners", "3237")]
    [InlineData("pm_card_jcb", "jcb", "0505")]
    [InlineData("pm_card_unionpay", "unionpay", "0005")]
    [InlineData("pm_card_us", "visa", "4242")]
    [InlineData("pm_card_createDispute", "visa", "0259")]
    [InlineData("pm_card_pendingRefund", "visa", "7726")]
    [InlineData("pm_card_refundFail", "visa", "5126")]
    public async Task A_good_card_is_charged_once(string card, string brand, string last4)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var paid = await sandbox.Caller.PostAsync(
            StripeCaller.Intents,
            $"amount=1900&currency=usd&payment_method={card}&confirm=true&expand[]=latest_charge&expand[]=payment_method");

        paid.Status.ShouldBe(200, paid.Text);
        paid.String("status").ShouldBe("succeeded");
        paid["amount_received"].GetInt64().ShouldBe(1900);
        paid.String("latest_charge", "status").ShouldBe("succeeded");
        paid["latest_charge"].GetProperty("paid").GetBoolean().ShouldBeTrue();
        paid.String("payment_method", "card", "brand").ShouldBe(brand);
        paid.String("payment_method", "card", "last4").ShouldBe(last4);
        var charge = (await sandbox.Caller.ChargesOfAsync(paid.String("id")!)).ShouldHaveSingleItem();
        charge.GetProperty("id").GetString().ShouldBe(paid.String("latest_charge", "id"));
        charge.GetProperty("amount").GetInt64().ShouldBe(1900);
        charge.GetProperty("currency").GetString().ShouldBe("usd");
        charge.GetProperty("status").GetString().ShouldBe("succeeded");
        charge.GetProperty("createdAt").GetString().ShouldEndWith("Z");
    }

    [Theory]
    [InlineData("pm_card_visa_chargeDeclined", "card_declined", "generic_decline")]
    [InlineData("pm_card_chargeDeclined", "card_declined", "generic_decline")]
    [InlineData("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds")]
    [InlineData("pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds")]
    [InlineData("pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card")]
    [InlineData("pm_card_chargeDeclinedLostCard", "card_declined", "lost_card")]
    [InlineData("pm_card_visa_chargeDeclinedStolenCard", "card_declined", "stolen_card")]
    [InlineData("pm_card_chargeDeclinedStolenCard", "card_declined", "stolen_card")]
    [InlineData("pm_card_visa_chargeDeclinedVelocityLimitExceeded", "card_declined", "card_velocity_exceeded")]
    [InlineData("pm_card_chargeDeclinedVelocityLimitExceeded", "card_declined", "card_velocity_exceeded")]
    [InlineData("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card")]
    [InlineData("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc")]
    [InlineData("pm_card_chargeDeclinedProcessingError", "processing_error", "processing_error")]
    [InlineData("pm_card_chargeDeclinedFraudulent", "card_declined", "fraudulent")]
    [InlineData("pm_card_chargeCustomerFail", "card_declined", "generic_decline")]
    public async Task A_bad_card_is_declined_and_the_intent_waits_for_another(string card, string code, string declineCode)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var id = await sandbox.Caller.CreateAsync($"amount=1900&currency=usd&payment_method={card}");

        var declined = await sandbox.Caller.ConfirmAsync(id);

        declined.Status.ShouldBe(402, declined.Text);
        declined.String("error", "type").ShouldBe("card_error");
        declined.ErrorCode.ShouldBe(code);
        declined.String("error", "decline_code").ShouldBe(declineCode);
        declined.String("error", "message").ShouldNotBeNullOrEmpty();
        declined.String("error", "payment_method", "object").ShouldBe("payment_method");
        declined.String("error", "payment_intent", "status").ShouldBe("requires_payment_method");
        var charge = (await sandbox.Caller.ChargesOfAsync(id)).ShouldHaveSingleItem();
        charge.GetProperty("status").GetString().ShouldBe("failed");
        declined.String("error", "charge").ShouldBe(charge.GetProperty("id").GetString());

        var intent = await sandbox.Caller.RetrieveAsync(id);
        intent.Text.ShouldBe(declined["error"].GetProperty("payment_intent").GetRawText());
        intent["payment_method"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        intent["amount_received"].GetInt64().ShouldBe(0);
        intent.String("last_payment_error", "code").ShouldBe(code);
        intent.String("last_payment_error", "decline_code").ShouldBe(declineCode);

        (await sandbox.Caller.ConfirmAsync(id)).ShouldBeRefused(400, "payment_intent_unexpected_state", null);
        var paid = await sandbox.Caller.ConfirmAsync(id, "payment_method=pm_card_visa");
        paid.String("status").ShouldBe("succeeded");
        paid["last_payment_error"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await sandbox.Caller.ChargesOfAsync(id)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_decline_of_create_with_confirm_leaves_an_open_intent_behind()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var declined = await sandbox.Caller.PostAsync(
            StripeCaller.Intents, "amount=1900&currency=usd&payment_method=pm_card_visa_chargeDeclined&confirm=true");

        declined.Status.ShouldBe(402);
        var id = declined.String("error", "payment_intent", "id")!;
        (await sandbox.Caller.RetrieveAsync(id)).String("status").ShouldBe("requires_payment_method");
    }
}
