using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Stripe;

/// <summary>
/// The part of Stripe.net that this product uses, under its namespace and names: where the package can be had, this folder goes and
/// the package comes.
/// </summary>
internal sealed class StripeClient : IStripeClient
{
    internal const string ApiVersion = "2025-09-30.clover";
    private const string DefaultApiBase = "https://api.stripe.com";

    private readonly IHttpClient _httpClient;

    public StripeClient(string? apiKey = null, string? clientId = null, IHttpClient? httpClient = null, string? apiBase = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        ArgumentNullException.ThrowIfNull(httpClient);
        ApiKey = apiKey;
        ClientId = clientId;
        ApiBase = (apiBase ?? DefaultApiBase).TrimEnd('/');
        _httpClient = httpClient;
    }

    public string ApiBase { get; }

    public string ApiKey { get; }

    public string? ClientId { get; }

    public async Task<T> RequestAsync<T>(
        HttpMethod method, string path, BaseOptions? options, RequestOptions? requestOptions, CancellationToken cancellationToken = default)
        where T : StripeEntity
    {
        using var request = Build(method, path, FormEncoder.Encode(options), requestOptions);
        var response = await _httpClient.MakeRequestAsync(request, cancellationToken);
        return response.StatusCode is >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous
            ? Read<T>(response)
            : throw ToException(response);
    }

    private HttpRequestMessage Build(HttpMethod method, string path, string form, RequestOptions? requestOptions)
    {
        var inQuery = method == HttpMethod.Get && form.Length > 0;
        var request = new HttpRequestMessage(method, ApiBase + path + (inQuery ? "?" + form : ""));
        if (method != HttpMethod.Get)
        {
            request.Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        request.Headers.Add("Stripe-Version", ApiVersion);
        if (requestOptions?.IdempotencyKey is { } key)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return request;
    }

    private static T Read<T>(StripeResponse response)
        where T : StripeEntity
    {
        try
        {
            var entity = JsonSerializer.Deserialize<T>(response.Content, StripeJson.Options)
                ?? throw new JsonException("The answer is null.");
            entity.StripeResponse = response;
            return entity;
        }
        catch (JsonException fault)
        {
            throw new StripeException("Stripe's answer could not be read.", fault)
            {
                HttpStatusCode = response.StatusCode,
                StripeResponse = response,
            };
        }
    }

    private static StripeException ToException(StripeResponse response)
    {
        StripeError? error = null;
        try
        {
            error = JsonSerializer.Deserialize<ErrorBody>(response.Content, StripeJson.Options)?.Error;
        }
        catch (JsonException)
        {
            // Somebody between here and Stripe answered; the status is all that is known.
        }

        var message = error?.Message ?? $"Stripe answered with status {(int)response.StatusCode}.";
        return new StripeException(response.StatusCode, error, message) { StripeResponse = response };
    }

    private sealed record ErrorBody(StripeError? Error);
}
