using System.Text.Json.Serialization;

namespace Tokens.StripeSandbox.PaymentMethods;

/// <summary>A payment method as Stripe writes it.</summary>
internal sealed record PaymentMethodObject([property: JsonIgnore] PaymentMethod Method)
{
    public string Id => Method.Id;

    public string Object => "payment_method";

    public object BillingDetails => new { Address = (string?)null, Email = (string?)null, Name = (string?)null, Phone = (string?)null };

    public CardObject Card => CardObject.Of(Method);

    public long Created => Method.Created;

    public string? Customer => Method.Customer;

    public bool Livemode => false;

    public IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>(StringComparer.Ordinal);

    public string Type => "card";
}
