using System.Net;
using System.Text.Json;
using Stripe;

namespace Tokens.Payments.Charging;

/// <summary>Refuses answers of another shape than Stripe's, such as a proxy's: Stripe.net would stumble upon them without their status.</summary>
internal sealed class ReadableAnswers(IHttpClient inner) : IHttpClient
{
    public async Task<StripeResponse> MakeRequestAsync(StripeRequest request, CancellationToken cancellationToken = default)
    {
        var response = await inner.MakeRequestAsync(request, cancellationToken);
        return IsReadable(response) ? response : throw StripeFaults.UnreadableAnswer(response.StatusCode, response);
    }

    public Task<StripeStreamedResponse> MakeStreamingRequestAsync(StripeRequest request, CancellationToken cancellationToken = default) =>
        inner.MakeStreamingRequestAsync(request, cancellationToken);

    private static bool IsReadable(StripeResponse response)
    {
        try
        {
            using var body = JsonDocument.Parse(response.Content);
            return response.StatusCode == HttpStatusCode.OK
                ? body.RootElement.ValueKind == JsonValueKind.Object
                : body.RootElement.TryGetProperty("error", out var error)
                    && StripeEntity.FromJson<StripeError>(error.GetRawText()) is not null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
