using System.Collections.Frozen;

namespace Tokens.StripeSandbox.TestCards;

/// <summary>The payment methods that exist from the start, by the names Stripe documents for test mode.</summary>
internal static class TestCardCatalog
{
    private static readonly FrozenDictionary<string, TestCard> Cards = All().ToFrozenDictionary(StringComparer.Ordinal);

    internal static TestCard? Find(string name) => Cards.GetValueOrDefault(name);

    private static Dictionary<string, TestCard> All() => new(StringComparer.Ordinal)
    {
        ["pm_card_visa"] = new("visa", "4242"),
        ["pm_card_visa_debit"] = new("visa", "5556", "debit"),
        ["pm_card_mastercard"] = new("mastercard", "4444"),
        ["pm_card_mastercard_debit"] = new("mastercard", "8210", "debit"),
        ["pm_card_mastercard_prepaid"] = new("mastercard", "5100", "prepaid"),
        ["pm_card_amex"] = new("amex", "8431"),
        ["pm_card_discover"] = new("discover", "9424"),
        ["pm_card_diners"] = new("diners", "3237"),
        ["pm_card_jcb"] = new("jcb", "0505"),
        ["pm_card_unionpay"] = new("unionpay", "0005"),
        ["pm_card_us"] = new("visa", "4242"),

        ["pm_card_visa_chargeDeclined"] = Generic,
        ["pm_card_chargeDeclined"] = Generic,
        ["pm_card_visa_chargeDeclinedInsufficientFunds"] = InsufficientFunds,
        ["pm_card_chargeDeclinedInsufficientFunds"] = InsufficientFunds,
        ["pm_card_visa_chargeDeclinedLostCard"] = LostCard,
        ["pm_card_chargeDeclinedLostCard"] = LostCard,
        ["pm_card_visa_chargeDeclinedStolenCard"] = StolenCard,
        ["pm_card_chargeDeclinedStolenCard"] = StolenCard,
        ["pm_card_visa_chargeDeclinedVelocityLimitExceeded"] = VelocityExceeded,
        ["pm_card_chargeDeclinedVelocityLimitExceeded"] = VelocityExceeded,
        ["pm_card_chargeDeclinedExpiredCard"] = new("visa", "0069", Decline: CardDecline.Of("expired_card", "Your card has expired.")),
        ["pm_card_chargeDeclinedIncorrectCvc"] =
            new("visa", "0127", Decline: CardDecline.Of("incorrect_cvc", "Your card's security code is incorrect.")),
        ["pm_card_chargeDeclinedProcessingError"] = new("visa", "0119", Decline: CardDecline.Of(
            "processing_error", "An error occurred while processing your card. Try again in a little bit.")),
        ["pm_card_chargeDeclinedFraudulent"] = new("visa", "0019", Decline: CardDecline.Declined("fraudulent")),
        ["pm_card_chargeCustomerFail"] = new("visa", "0341", Decline: CardDecline.Declined("generic_decline"), AttachesAnyway: true),

        ["pm_card_authenticationRequired"] = new("visa", "3184", RequiresAuthentication: true),
        ["pm_card_authenticationRequiredOnSetup"] = new("visa", "3155", RequiresAuthentication: true, OnceIsEnough: true),
        ["pm_card_threeDSecure2Required"] = new("visa", "3220", RequiresAuthentication: true),
        ["pm_card_threeDSecureRequiredChargeDeclined"] =
            new("visa", "1629", Decline: CardDecline.Declined("generic_decline"), RequiresAuthentication: true),

        ["pm_card_createDispute"] = new("visa", "0259"),
        ["pm_card_pendingRefund"] = new("visa", "7726"),
        ["pm_card_refundFail"] = new("visa", "5126"),
    };

    private static TestCard Generic => new("visa", "0002", Decline: CardDecline.Declined("generic_decline"));

    private static TestCard InsufficientFunds =>
        new("visa", "9995", Decline: CardDecline.Declined("insufficient_funds", "Your card has insufficient funds."));

    private static TestCard LostCard => new("visa", "9987", Decline: CardDecline.Declined("lost_card"));

    private static TestCard StolenCard => new("visa", "9979", Decline: CardDecline.Declined("stolen_card"));

    private static TestCard VelocityExceeded => new("visa", "6975", Decline: CardDecline.Declined(
        "card_velocity_exceeded",
        "Your card was declined for making repeated attempts too frequently or exceeding its amount limit."));
}
