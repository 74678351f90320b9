namespace Stripe;

/// <summary>Calls on setup intents.</summary>
internal sealed class SetupIntentService(IStripeClient client)
{
    public Task<SetupIntent> CreateAsync(
        SetupIntentCreateOptions options, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        client.RequestAsync<SetupIntent>(HttpMethod.Post, "/v1/setup_intents", options, requestOptions, cancellationToken);
}
