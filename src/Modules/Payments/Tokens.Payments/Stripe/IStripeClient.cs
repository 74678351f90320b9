namespace Stripe;

internal interface IStripeClient
{
    /// <exception cref="StripeException">Stripe answered with an error, or with something that can't be read.</exception>
    /// <exception cref="HttpRequestException">No answer: the call may have been carried out or not.</exception>
    Task<T> RequestAsync<T>(
        HttpMethod method, string path, BaseOptions? options, RequestOptions? requestOptions, CancellationToken cancellationToken = default)
        where T : StripeEntity;
}
