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

    private readonly IHttpClient _httpClient;
    private readonly string _apiKey;
    private readonly string _apiBase;

    /// <param name="apiKey">Secret, and never logged.</param>
    /// <param name="httpClient">Sends the requests.</param>
    /// <param name="apiBase">Absolute address without a slash at its end.</param>
    public StripeClient(string apiKey, IHttpClient httpClient, string apiBase)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        _apiKey = apiKey;
        _apiBase = apiBase;
        _httpClient = httpClient;
    }

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
        var request = new HttpRequestMessage(method, _apiBase + path + (inQuery ? "?" + form : ""));
        if (method != HttpMethod.Get)
        {
            request.Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _apiKey);
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
            var entity = JsonSerializer.Deserialize<T>(response.Content, StripeJson.Options) ?? throw ToException(response, error: null);
            entity.StripeResponse = response;
            return entity;
        }
        catch (JsonException)
        {
            throw ToException(response, error: null);
        }
    }

    private static StripeException ToException(StripeResponse response)
    {
        try
        {
            return ToException(response, JsonSerializer.Deserialize<ErrorBody>(response.Content, StripeJson.Options)?.Error);
        }
        catch (JsonException)
        {
            // Somebody between here and Stripe answered; the status is all that is known.
            return ToException(response, error: null);
        }
    }

    private static StripeException ToException(StripeResponse response, StripeError? error) =>
        new(response.StatusCode, error, error is null ? $"Invalid response object from API: \"{response.Content}\"" : error.Message)
        {
            StripeResponse = response,
        };

    private sealed record ErrorBody(StripeError? Error);
}
