using System.Text;
using System.Text.Json;

namespace Stripe;

/// <summary>
/// Writes parameters as a form with brackets: <c>metadata[order]=7&amp;payment_method_types[0]=card</c>. Nulls are left out; an empty
/// text stays, since it tells Stripe to unset.
/// </summary>
internal static class FormEncoder
{
    internal static string Encode(BaseOptions? options)
    {
        if (options is null)
        {
            return "";
        }

        var form = new StringBuilder(256);
        Append(form, "", JsonSerializer.SerializeToElement(options, options.GetType(), StripeJson.Options));
        return form.ToString();
    }

    private static void Append(StringBuilder form, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    var escaped = Uri.EscapeDataString(member.Name);
                    Append(form, name.Length == 0 ? escaped : $"{name}[{escaped}]", member.Value);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Append(form, $"{name}[{index++}]", item);
                }

                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default:
                var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
                form.Append(form.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(text));
                break;
        }
    }
}
