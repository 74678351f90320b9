using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tokens.StripeSandbox.Wire;

/// <summary>What Stripe answers under <c>error</c>; members without a value are left out.</summary>
internal sealed record StripeError([property: JsonIgnore] int Status, string Type, string Message)
{
    private static readonly JsonSerializerOptions Json =
        new(StripeJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public string? Code { get; init; }

    public string? DeclineCode { get; init; }

    public string? DocUrl => Code is null ? null : "https://stripe.com/docs/error-codes/" + Code.Replace('_', '-');

    public string? Param { get; init; }

    public string? Charge { get; init; }

    /// <summary>Already in Stripe's shape: the nulls inside it stay.</summary>
    public JsonElement? PaymentIntent { get; init; }

    public JsonElement? PaymentMethod { get; init; }

    /// <summary>The error alone, as it also stands in <c>last_payment_error</c>.</summary>
    internal JsonElement ToElement() => JsonSerializer.SerializeToElement(this, Json);

    internal byte[] ToBody() => JsonSerializer.SerializeToUtf8Bytes(new { error = this }, Json);

    internal static StripeError InvalidRequest(string message, string? param = null, string? code = null, int status = 400) =>
        new(status, "invalid_request_error", message) { Param = param, Code = code };

    /// <summary>An id in a parameter or in the path (then 404) that names nothing.</summary>
    internal static StripeError NoSuch(string what, string id, string param, int status = 400) =>
        InvalidRequest($"No such {what}: '{id}'", param, "resource_missing", status);
}
