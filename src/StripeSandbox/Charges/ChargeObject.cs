using System.Text.Json.Serialization;
using Tokens.StripeSandbox.PaymentMethods;

namespace Tokens.StripeSandbox.Charges;

/// <summary>A charge as Stripe writes it.</summary>
internal sealed record ChargeObject([property: JsonIgnore] Charge Charge, [property: JsonIgnore] PaymentMethod Method)
{
    private bool Succeeded => Charge.Status == ChargeStatus.Succeeded;

    public string Id => Charge.Id;

    public string Object => "charge";

    public long Amount => Charge.Amount;

    public long AmountCaptured => Succeeded ? Charge.Amount : 0;

    public long AmountRefunded => 0;

    public bool Captured => Succeeded;

    public long Created => Charge.CreatedAt.ToUnixTimeSeconds();

    public string Currency => Charge.Currency;

    public string? Customer => null;

    public bool Disputed => false;

    public string? FailureCode => Charge.Decline?.Code;

    public string? FailureMessage => Charge.Decline?.Message;

    public bool Livemode => false;

    public object Outcome => new
    {
        NetworkStatus = Succeeded ? "approved_by_network" : "declined_by_network",
        Reason = Charge.Decline?.DeclineCode,
        RiskLevel = "normal",
        SellerMessage = Succeeded ? "Payment complete." : "The bank returned the decline code.",
        Type = Succeeded ? "authorized" : "issuer_declined",
    };

    public bool Paid => Succeeded;

    public string PaymentIntent => Charge.PaymentIntentId;

    public string PaymentMethod => Charge.PaymentMethodId;

    public object PaymentMethodDetails => new { Card = CardObject.Of(Method), Type = "card" };

    public bool Refunded => false;

    public ChargeStatus Status => Charge.Status;
}
