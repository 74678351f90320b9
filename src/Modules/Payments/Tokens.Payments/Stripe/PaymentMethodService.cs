namespace Stripe;

/// <summary>Calls on payment methods.</summary>
internal sealed class PaymentMethodService(IStripeClient client)
{
    private const string BasePath = "/v1/payment_methods";

    public Task<StripeList<PaymentMethod>> ListAsync(
        PaymentMethodListOptions options, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        client.RequestAsync<StripeList<PaymentMethod>>(HttpMethod.Get, BasePath, options, requestOptions, cancellationToken);

    public Task<PaymentMethod> GetAsync(
        string id,
        PaymentMethodGetOptions? options = null,
        RequestOptions? requestOptions = null,
        CancellationToken cancellationToken = default) =>
        client.RequestAsync<PaymentMethod>(HttpMethod.Get, PathOf(id), options, requestOptions, cancellationToken);

    public Task<PaymentMethod> DetachAsync(string id, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        client.RequestAsync<PaymentMethod>(HttpMethod.Post, PathOf(id) + "/detach", options: null, requestOptions, cancellationToken);

    private static string PathOf(string id) => $"{BasePath}/{Uri.EscapeDataString(id)}";
}
