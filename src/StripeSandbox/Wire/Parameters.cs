using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Tokens.StripeSandbox.Wire;

/// <summary>A request's parameters, or those inside one of them, read by type; what doesn't fit is refused in Stripe's words.</summary>
internal sealed class Parameters(Parameter.Hash hash, string prefix = "")
{
    private const int MaxTextLength = 5_000;

    internal bool Has(string name) => hash.Members.ContainsKey(name);

    internal bool IsText(string name) => hash.Members.GetValueOrDefault(name) is Parameter.Text;

    internal IEnumerable<string> Names => hash.Members.Keys;

    /// <summary>Refuses any parameter that isn't <paramref name="known"/>.</summary>
    internal void Only(params ReadOnlySpan<string> known)
    {
        List<string> unknown = [];
        foreach (var name in hash.Members.Keys)
        {
            if (!known.Contains(name))
            {
                unknown.Add(FullName(name));
            }
        }

        if (unknown.Count > 0)
        {
            var noun = unknown.Count == 1 ? "parameter" : "parameters";
            throw Refused($"Received unknown {noun}: {string.Join(", ", unknown)}", unknown[0], "parameter_unknown");
        }
    }

    /// <summary>Null when absent; the empty text unsets.</summary>
    internal string? Text(string name)
    {
        if (!hash.Members.TryGetValue(name, out var value))
        {
            return null;
        }

        var text = (value as Parameter.Text)?.Value ?? throw Refused("Invalid string: an object or array was given.", FullName(name));
        return text.Length <= MaxTextLength
            ? text
            : throw Refused($"Invalid string: must be at most {MaxTextLength} characters.", FullName(name), "parameter_invalid_string");
    }

    /// <summary>Null when absent; never empty.</summary>
    internal string? NonEmptyText(string name) => Text(name) is not "" and var text ? text : throw Refused(
        $"You passed an empty string for '{FullName(name)}'. We assume empty values are an attempt to unset a parameter; however " +
        $"'{FullName(name)}' cannot be unset. You should remove '{FullName(name)}' from your request or supply a non-empty value.",
        FullName(name),
        "parameter_invalid_empty");

    internal long? Integer(string name) => NonEmptyText(name) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw Refused($"Invalid integer: {text}", FullName(name), "parameter_invalid_integer"),
    };

    internal bool? Boolean(string name) => NonEmptyText(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => throw Refused($"Invalid boolean: {text}", FullName(name)),
    };

    internal string? Choice(string name, params ReadOnlySpan<string> choices)
    {
        var text = NonEmptyText(name);
        return text is null || choices.Contains(text)
            ? text
            : throw Refused($"Invalid {FullName(name)}: must be one of {string.Join(", ", choices!)}", FullName(name));
    }

    /// <summary><c>name[key]=value</c>; null when absent.</summary>
    internal Parameters? Inner(string name) => hash.Members.GetValueOrDefault(name) switch
    {
        null => null,
        Parameter.Hash inner => new Parameters(inner, FullName(name)),
        _ => throw Refused("Invalid object", FullName(name)),
    };

    /// <summary><c>name[]=value</c> or <c>name[0]=value</c>; empty when absent.</summary>
    internal IReadOnlyList<string> Texts(string name) => hash.Members.GetValueOrDefault(name) switch
    {
        null => [],
        Parameter.Series series => series.Values,
        Parameter.Hash indexed when indexed.Members.Keys.All(key => Index(key) is not null) =>
            [.. indexed.Members.Keys.OrderBy(Index).Select(key => new Parameters(indexed, FullName(name)).Text(key) ?? "")],
        _ => throw Refused("Invalid array", FullName(name)),
    };

    internal StripeErrorException Missing(string name) =>
        Refused($"Missing required param: {FullName(name)}.", FullName(name), "parameter_missing");

    /// <summary>Equal for equal parameters, whatever their order.</summary>
    internal byte[] Fingerprint()
    {
        using var canonical = new MemoryStream();
        using (var json = new Utf8JsonWriter(canonical))
        {
            Write(json, hash);
        }

        return SHA256.HashData(canonical.GetBuffer().AsSpan(0, (int)canonical.Length));
    }

    private static void Write(Utf8JsonWriter json, Parameter parameter)
    {
        switch (parameter)
        {
            case Parameter.Text text:
                json.WriteStringValue(text.Value);
                break;
            case Parameter.Series series:
                json.WriteStartArray();
                series.Values.ForEach(json.WriteStringValue);
                json.WriteEndArray();
                break;
            case Parameter.Hash hash:
                json.WriteStartObject();
                foreach (var (name, member) in hash.Members)
                {
                    json.WritePropertyName(name);
                    Write(json, member);
                }

                json.WriteEndObject();
                break;
        }
    }

    private static int? Index(string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private string FullName(string name) => prefix.Length == 0 ? name : $"{prefix}[{name}]";

    private static StripeErrorException Refused(string message, string param, string? code = null) =>
        new(StripeError.InvalidRequest(message, param, code));
}
