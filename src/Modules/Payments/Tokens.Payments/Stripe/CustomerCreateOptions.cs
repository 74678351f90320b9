namespace Stripe;

internal sealed class CustomerCreateOptions : BaseOptions
{
    public Dictionary<string, string>? Metadata { get; set; }
}
