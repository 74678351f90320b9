namespace Stripe;

/// <summary>Sends what a <see cref="StripeClient"/> has put together.</summary>
internal interface IHttpClient
{
    Task<StripeResponse> MakeRequestAsync(HttpRequestMessage request, CancellationToken cancellationToken = default);
}
