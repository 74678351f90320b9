namespace Tokens.StripeSandbox.Customers;

/// <summary>A deleted customer as Stripe writes it.</summary>
internal sealed record DeletedCustomerObject(string Id)
{
    public string Object => "customer";

    public bool Deleted => true;
}
