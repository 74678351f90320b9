using System.Text.Json;
using Stripe;
using Tokens.Payments.Tests.Parts;

namespace Tokens.Payments.Tests.Stripe;

public sealed class VerifyAndReadEventTests
{
    private const string Secret = "whsec_unit";
    private const long SignedAt = 1_767_225_600;

    // Computed by openssl, so that it doesn't rest on the code that it tests.
    private const string KnownBody = """{"id":"evt_1","note":"zażółć 🎉"}""";
    private const string KnownSignature = "0aeb1b5086774c2d89c94375620f7dcb47754fa19036aeddee5e28aa7a075547";

    [Fact]
    public void A_signature_that_others_computed_is_accepted() =>
        EventUtility.ValidateSignature(KnownBody, $"t={SignedAt},v1={KnownSignature}", Secret, tolerance: 300, SignedAt);

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(-300)]
    public void Within_the_tolerance_a_signature_is_fresh(long seconds) =>
        EventUtility.ValidateSignature(KnownBody, $"t={SignedAt},v1={KnownSignature}", Secret, tolerance: 300, SignedAt + seconds);

    [Theory]
    [InlineData(301)]
    [InlineData(-301)]
    public void Outside_of_it_the_signature_is_stale(long seconds) =>
        Should.Throw<StripeException>(() => EventUtility.ValidateSignature(
            KnownBody, $"t={SignedAt},v1={KnownSignature}", Secret, tolerance: 300, SignedAt + seconds));

    [Theory]
    [InlineData("t=1767225600,v1=KNOWN", "{}", Secret)]
    [InlineData("t=1767225600,v1=KNOWN", KnownBody, "whsec_other")]
    [InlineData("t=1767225601,v1=KNOWN", KnownBody, Secret)]
    [InlineData("t=1767225600,v1=", KnownBody, Secret)]
    [InlineData("t=1767225600,v0=KNOWN", KnownBody, Secret)]
    [InlineData("t=1767225600", KnownBody, Secret)]
    [InlineData("v1=KNOWN", KnownBody, Secret)]
    [InlineData("t=1767225600,v1=KNOWN,rest", KnownBody, Secret)]
    [InlineData("t=-1767225600,v1=KNOWN", KnownBody, Secret)]
    [InlineData("t=1767225600;v1=KNOWN", KnownBody, Secret)]
    [InlineData("", KnownBody, Secret)]
    public void What_does_not_fit_is_refused(string header, string body, string secret) =>
        Should.Throw<StripeException>(() => EventUtility.ValidateSignature(
            body, header.Replace("KNOWN", KnownSignature, StringComparison.Ordinal), secret, tolerance: 300, SignedAt));

    [Fact]
    public void Half_a_character_can_not_have_been_signed() =>
        Should.Throw<StripeException>(() => EventUtility.ValidateSignature(
            "\ud83c", $"t={SignedAt},v1={KnownSignature}", Secret, tolerance: 300, SignedAt));

    [Fact]
    public void An_event_is_read_with_the_intent_that_it_is_about()
    {
        var body = Webhook.Succeeded(Guid.Empty, "pi_7", amount: 1_234);

        var stripeEvent = EventUtility.ParseEvent(body, throwOnApiVersionMismatch: false);

        stripeEvent.Id.ShouldBe(Webhook.IdOf(body));
        stripeEvent.Type.ShouldBe("payment_intent.succeeded");
        stripeEvent.ApiVersion.ShouldBe("2019-02-19");
        stripeEvent.Created.Kind.ShouldBe(DateTimeKind.Utc);
        var intent = stripeEvent.Data?.Object.ShouldBeOfType<PaymentIntent>();
        (intent!.Object, intent.Id, intent.Amount, intent.Currency).ShouldBe(("payment_intent", "pi_7", 1_234, "usd"));
        intent.Metadata!["purchase_id"].ShouldBe(Guid.Empty.ToString());
    }

    [Theory]
    [InlineData("{ \"object\": { \"object\": \"charge\", \"amount\": { \"not\": \"a number\" } } }")]
    [InlineData("{ \"object\": { \"id\": \"x\" } }")]
    [InlineData("{ \"object\": { \"object\": 7 } }")]
    [InlineData("{ \"object\": [] }")]
    [InlineData("{ \"object\": null }")]
    [InlineData("{ }")]
    [InlineData("null")]
    public void An_object_of_an_unknown_kind_is_passed_over(string data) =>
        EventUtility.ParseEvent($$"""{ "id": "evt_1", "data": {{data}} }""", throwOnApiVersionMismatch: false).Data?.Object.ShouldBeNull();

    [Theory]
    [InlineData("2025-09-30.clover", false)]
    [InlineData("2026-01-28.clover", false)]
    [InlineData("2026-04-22.dahlia", true)]
    [InlineData("2019-02-19", true)]
    public void Another_release_of_the_API_is_refused_only_if_asked_for(string version, bool isRefused)
    {
        var body = $$"""{ "id": "evt_1", "api_version": "{{version}}" }""";
        EventUtility.ParseEvent(body, throwOnApiVersionMismatch: false).ApiVersion.ShouldBe(version);
        if (isRefused)
        {
            Should.Throw<StripeException>(() => EventUtility.ParseEvent(body));
        }
        else
        {
            EventUtility.ParseEvent(body).ApiVersion.ShouldBe(version);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{ \"id\": [] }")]
    public void What_is_no_event_can_not_be_read(string body) => Should.Throw<JsonException>(() => EventUtility.ParseEvent(body));
}
