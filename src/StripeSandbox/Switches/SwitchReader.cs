using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Switches;

/// <summary>Reads switches from a JSON body, by name and type; what doesn't fit is refused by its name.</summary>
internal sealed class SwitchReader
{
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);

    private SwitchReader(JsonElement body)
    {
        foreach (var member in body.EnumerateObject())
        {
            if (!members.TryAdd(member.Name, member.Value))
            {
                throw Refused(member.Name, "is given twice.");
            }
        }
    }

    internal static async Task<SwitchReader> ReadAsync(HttpContext context)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(
                context.Request.Body, JsonSerializerOptions.Default, context.RequestAborted);
            return body.ValueKind == JsonValueKind.Object ? new SwitchReader(body) : throw new JsonException("It isn't an object.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A name that is no text is found out only when it is read, and then as an invalid operation.
            throw new StripeErrorException(StripeError.InvalidRequest("The body must be a JSON object."));
        }
    }

    /// <summary>0 when left out.</summary>
    internal double Rate(string name)
    {
        if (!members.Remove(name, out var value))
        {
            return 0;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var rate) && rate is >= 0 and <= 1
            ? rate
            : throw Refused(name, "must be a number from 0 to 1.");
    }

    /// <summary>0 when left out.</summary>
    internal int WholeNumber(string name, int max)
    {
        if (!members.Remove(name, out var value))
        {
            return 0;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 && number <= max
            ? number
            : throw Refused(name, $"must be a whole number from 0 to {max}.");
    }

    /// <summary>False when left out.</summary>
    internal bool Flag(string name) => members.Remove(name, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Refused(name, "must be true or false."),
    };

    /// <summary>Refuses what nobody asked for.</summary>
    internal void RefuseOthers()
    {
        if (members.Count > 0)
        {
            var name = members.Keys.First();
            throw new StripeErrorException(StripeError.InvalidRequest($"There is no switch '{name}'.", name, "parameter_unknown"));
        }
    }

    private static StripeErrorException Refused(string name, string rule) =>
        new(StripeError.InvalidRequest($"{name} {rule}", name));
}
