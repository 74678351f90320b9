using System.Text.Json.Serialization;

namespace Tokens.StripeSandbox.Customers;

/// <summary>A customer as Stripe writes it; members that the sandbox has no use for carry Stripe's default.</summary>
internal sealed record CustomerObject([property: JsonIgnore] Customer Customer)
{
    public string Id => Customer.Id;

    public string Object => "customer";

    public long Balance => 0;

    public long Created => Customer.Created;

    public string? Currency => null;

    public bool Delinquent => false;

    public string? Description => Customer.Description;

    public string? Email => Customer.Email;

    public object InvoiceSettings => new { DefaultPaymentMethod = (string?)null };

    public bool Livemode => false;

    public IReadOnlyDictionary<string, string> Metadata => Customer.Metadata;

    public string? Name => Customer.Name;

    public string? Phone => null;

    /// <summary>The customer, or, of a deleted one, only that it was deleted.</summary>
    internal static object Of(Customer customer) =>
        customer.IsDeleted ? new DeletedCustomerObject(customer.Id) : new CustomerObject(customer);
}
