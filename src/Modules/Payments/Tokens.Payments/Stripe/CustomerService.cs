namespace Stripe;

/// <summary>Calls on customers.</summary>
internal sealed class CustomerService(IStripeClient client)
{
    public Task<Customer> CreateAsync(
        CustomerCreateOptions options, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        client.RequestAsync<Customer>(HttpMethod.Post, "/v1/customers", options, requestOptions, cancellationToken);
}
