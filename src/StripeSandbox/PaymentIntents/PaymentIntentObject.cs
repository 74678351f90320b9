using System.Text.Json;
using System.Text.Json.Serialization;
using Tokens.StripeSandbox.Charges;
using Tokens.StripeSandbox.Customers;
using Tokens.StripeSandbox.PaymentMethods;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary>A PaymentIntent as Stripe writes it; members that the sandbox has no use for carry Stripe's default.</summary>
internal sealed record PaymentIntentObject
{
    internal static readonly string[] Expandable = ["latest_charge", "payment_method", "customer"];
    private readonly PaymentIntent intent;

    private PaymentIntentObject(PaymentIntent intent) => this.intent = intent;

    public string Id => intent.Id;

    public string Object => "payment_intent";

    public long Amount => intent.Amount;

    public long AmountCapturable => 0;

    public object AmountDetails => new { Tip = new { } };

    public long AmountReceived => intent.Status == PaymentIntentStatus.Succeeded ? intent.Amount : 0;

    public string? Application => null;

    public long? ApplicationFeeAmount => null;

    public AutomaticPaymentMethods? AutomaticPaymentMethods => intent.AutomaticPaymentMethods;

    public long? CanceledAt => intent.CanceledAt;

    public string? CancellationReason => intent.CancellationReason;

    public string CaptureMethod => intent.CaptureMethod;

    public string ClientSecret => intent.ClientSecret;

    public string ConfirmationMethod => "automatic";

    public long Created => intent.Created;

    public string Currency => intent.Currency;

    /// <summary>The customer's id, or the customer when it was asked for.</summary>
    public object? Customer { get; private init; }

    public string? Description => intent.Description;

    public JsonElement? LastPaymentError { get; private init; }

    /// <summary>The charge's id, or the charge when it was asked for.</summary>
    public object? LatestCharge { get; private init; }

    public bool Livemode => false;

    public IReadOnlyDictionary<string, string> Metadata => intent.Metadata;

    public NextActionObject? NextAction => intent.NextAction is { } action ? new NextActionObject(action) : null;

    public string? OnBehalfOf => null;

    /// <summary>The payment method's id, or the payment method when it was asked for.</summary>
    public object? PaymentMethod { get; private init; }

    public object PaymentMethodOptions => new { Card = new { RequestThreeDSecure = "automatic" } };

    public IReadOnlyList<string> PaymentMethodTypes => ["card"];

    public string? Processing => null;

    public string? ReceiptEmail => intent.ReceiptEmail;

    public string? Review => null;

    public string? SetupFutureUsage => intent.SetupFutureUsage;

    public string? Shipping => null;

    public string? Source => null;

    public string? StatementDescriptor => intent.StatementDescriptor;

    public string? StatementDescriptorSuffix => intent.StatementDescriptorSuffix;

    public PaymentIntentStatus Status => intent.Status;

    public string? TransferData => null;

    public string? TransferGroup => null;

    internal static PaymentIntentObject Of(DbSession session, PaymentIntent intent, Expansion expansion) => new(intent)
    {
        Customer = intent.CustomerId is { } customer && expansion.Has("customer")
            ? CustomerObject.Of(Customers.Customer.GetOrDeleted(session, customer))
            : intent.CustomerId,
        LastPaymentError = intent.LastPaymentError is { } error ? PaymentErrorObject.Of(session, error).ToElement() : null,
        LatestCharge = intent.LatestChargeId is { } charge && expansion.Has("latest_charge")
            ? Expand(session, charge)
            : intent.LatestChargeId,
        PaymentMethod = intent.PaymentMethodId is { } method && expansion.Has("payment_method")
            ? new PaymentMethodObject(PaymentMethods.PaymentMethod.Get(session, method))
            : intent.PaymentMethodId,
    };

    /// <summary>As it stands inside an error.</summary>
    internal static JsonElement Embedded(DbSession session, PaymentIntent intent) =>
        JsonSerializer.SerializeToElement(Of(session, intent, Expansion.None), StripeJson.Options);

    private static ChargeObject Expand(DbSession session, string chargeId)
    {
        var charge = Charge.Get(session, chargeId);
        return new ChargeObject(charge, PaymentMethods.PaymentMethod.Get(session, charge.PaymentMethodId));
    }
}

/// <summary>Either of Stripe's two ways to the payer's bank.</summary>
internal sealed record NextActionObject([property: JsonIgnore] NextAction Action)
{
    public string Type => Action.ReturnUrl is null ? "use_stripe_sdk" : "redirect_to_url";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? RedirectToUrl => Action.ReturnUrl is null ? null : new { Action.ReturnUrl, Action.Url };

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? UseStripeSdk => Action.ReturnUrl is null ? new { Type = "three_d_secure_redirect", StripeJs = Action.Url } : null;
}
