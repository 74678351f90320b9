using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>Reads an object by the kind that it names; one of an unknown kind is passed over.</summary>
internal sealed class StripeObjectConverter : JsonConverter<IHasObject>
{
    public override IHasObject? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var value = document.RootElement;
        return value.ValueKind == JsonValueKind.Object && value.TryGetProperty("object", out var kind)
            && kind.ValueKind == JsonValueKind.String && kind.ValueEquals("payment_intent")
            ? value.Deserialize<PaymentIntent>(options)
            : null;
    }

    public override void Write(Utf8JsonWriter writer, IHasObject value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, value.GetType(), options);
}
