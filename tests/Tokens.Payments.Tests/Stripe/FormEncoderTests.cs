using Stripe;

namespace Tokens.Payments.Tests.Stripe;

public sealed class FormEncoderTests
{
    [Fact]
    public void Members_are_written_in_snake_case_with_brackets_for_lists_and_dictionaries() =>
        FormEncoder.Encode(new PaymentIntentCreateOptions
        {
            Amount = 500,
            PaymentMethod = "pm_1",
            PaymentMethodTypes = ["card", "link"],
            Metadata = new Dictionary<string, string> { ["purchase_id"] = "7", ["MixedCase"] = "x" },
        }).ShouldBe(
            "amount=500&payment_method=pm_1&payment_method_types[0]=card&payment_method_types[1]=link"
            + "&metadata[purchase_id]=7&metadata[MixedCase]=x");

    [Fact]
    public void Values_and_keys_are_escaped() =>
        FormEncoder.Encode(new PaymentIntentCreateOptions
        {
            PaymentMethod = "a&b=c d\u00e9",
            Metadata = new Dictionary<string, string> { ["k]=&"] = "+" },
        }).ShouldBe("payment_method=a%26b%3Dc%20d%C3%A9&metadata[k%5D%3D%26]=%2B");

    [Fact]
    public void A_missing_value_is_not_sent_and_an_empty_one_is() =>
        FormEncoder.Encode(new PaymentIntentCreateOptions { Currency = "", PaymentMethod = null }).ShouldBe("currency=");

    [Fact]
    public void Flags_are_written_as_words() =>
        FormEncoder.Encode(new PaymentIntentConfirmOptions { UseStripeSdk = true }).ShouldBe("use_stripe_sdk=true");

    [Fact]
    public void No_options_are_an_empty_form() => FormEncoder.Encode(null).ShouldBeEmpty();
}
