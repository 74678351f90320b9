namespace Stripe;

/// <summary>Calls on payment intents.</summary>
internal sealed class PaymentIntentService(IStripeClient client)
{
    private const string BasePath = "/v1/payment_intents";

    public Task<PaymentIntent> CreateAsync(
        PaymentIntentCreateOptions options, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        client.RequestAsync<PaymentIntent>(HttpMethod.Post, BasePath, options, requestOptions, cancellationToken);

    public Task<PaymentIntent> GetAsync(
        string id,
        PaymentIntentGetOptions? options = null,
        RequestOptions? requestOptions = null,
        CancellationToken cancellationToken = default) =>
        client.RequestAsync<PaymentIntent>(HttpMethod.Get, PathOf(id), options, requestOptions, cancellationToken);

    public Task<PaymentIntent> ConfirmAsync(
        string id,
        PaymentIntentConfirmOptions? options = null,
        RequestOptions? requestOptions = null,
        CancellationToken cancellationToken = default) =>
        client.RequestAsync<PaymentIntent>(HttpMethod.Post, PathOf(id) + "/confirm", options, requestOptions, cancellationToken);

    public Task<PaymentIntent> CancelAsync(
        string id,
        PaymentIntentCancelOptions? options = null,
        RequestOptions? requestOptions = null,
        CancellationToken cancellationToken = default) =>
        client.RequestAsync<PaymentIntent>(HttpMethod.Post, PathOf(id) + "/cancel", options, requestOptions, cancellationToken);

    private static string PathOf(string id) => $"{BasePath}/{Uri.EscapeDataString(id)}";
}
