using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>Reads the id of a member that Stripe writes as an id or, when asked to expand it, as the object.</summary>
internal sealed class ExpandableId : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        using var expanded = JsonDocument.ParseValue(ref reader);
        return expanded.RootElement.ValueKind == JsonValueKind.Object && expanded.RootElement.TryGetProperty("id", out var id)
            ? id.GetString()
            : throw new JsonException("An expandable member must be an id or an object with an id.");
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
