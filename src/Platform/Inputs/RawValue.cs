using System.Text.Json;

namespace Tokens.Platform.Inputs;

/// <summary>A field as it came, before anything is known about it; JSON, query and path are read alike from here on.</summary>
internal readonly struct RawValue
{
    private readonly JsonElement _json;
    private readonly string? _text;

    private RawValue(RawKind kind, JsonElement json = default, string? text = null)
    {
        Kind = kind;
        _json = json;
        _text = text;
    }

    internal RawKind Kind { get; }

    internal JsonElement Json => _json;

    internal bool IsMissing => Kind == RawKind.Missing;

    internal static RawValue Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => default,
        JsonValueKind.String => new(RawKind.Text, json),
        JsonValueKind.Number => new(RawKind.Number, json),
        JsonValueKind.True => new(RawKind.True, json),
        JsonValueKind.False => new(RawKind.False, json),
        JsonValueKind.Array => new(RawKind.List, json),
        _ => new(RawKind.Other, json),
    };

    internal static RawValue Of(string? text) => text is null ? default : new(RawKind.Text, text: text);

    internal static RawValue Malformed() => new(RawKind.Other);

    /// <summary>The characters of a text or number; null for anything else and for text that isn't valid Unicode.</summary>
    internal string? Characters()
    {
        if (_text is not null)
        {
            return _text;
        }

        try
        {
            return Kind switch
            {
                RawKind.Text => _json.GetString(),
                RawKind.Number => _json.GetRawText(),
                _ => null,
            };
        }
        // Half a surrogate pair, or bytes that aren't UTF-8.
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

internal enum RawKind
{
    Missing,
    Text,
    Number,
    True,
    False,
    List,
    Other,
}
