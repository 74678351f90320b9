using System.Globalization;
using System.Text;

namespace Tokens.StripeSandbox.Wire;

/// <summary>Reads <c>application/x-www-form-urlencoded</c> with brackets: <c>a=1&amp;b[c]=2&amp;d[]=3&amp;d[]=4</c>.</summary>
internal static class FormParser
{
    private const int MaxDepth = 8;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Adds the pairs of <paramref name="form"/> to <paramref name="root"/>; of a text that comes twice the last counts.</summary>
    internal static void Parse(ReadOnlySpan<byte> form, Parameter.Hash root, int maxParameters)
    {
        var count = 0;
        foreach (var range in form.Split((byte)'&'))
        {
            var pair = form[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            if (++count > maxParameters)
            {
                throw Invalid($"Invalid request: more than {maxParameters} parameters.");
            }

            var equals = pair.IndexOf((byte)'=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            Add(root, name, equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }
    }

    private static void Add(Parameter.Hash root, string name, string value)
    {
        var path = Path(name);
        var hash = root;
        for (var i = 0; i < path.Count - 1; i++)
        {
            if (path[i + 1].Length == 0)
            {
                AddToSeries(hash, path, i, name, value);
                return;
            }

            if (!hash.Members.TryGetValue(path[i], out var inner))
            {
                inner = new Parameter.Hash(new(StringComparer.Ordinal));
                hash.Members.Add(path[i], inner);
            }

            hash = inner as Parameter.Hash ?? throw Mixed(name);
        }

        if (hash.Members.TryGetValue(path[^1], out var before) && before is not Parameter.Text)
        {
            throw Mixed(name);
        }

        hash.Members[path[^1]] = new Parameter.Text(value);
    }

    private static void AddToSeries(Parameter.Hash hash, List<string> path, int index, string name, string value)
    {
        if (index + 2 != path.Count)
        {
            throw Invalid($"Invalid array: {name}. Give the elements of an array of objects an index.", name);
        }

        if (!hash.Members.TryGetValue(path[index], out var series))
        {
            series = new Parameter.Series([]);
            hash.Members.Add(path[index], series);
        }

        (series as Parameter.Series ?? throw Mixed(name)).Values.Add(value);
    }

    /// <summary><c>a[b][c]</c> as a, b, c. A name whose brackets don't match is one name, which no route knows.</summary>
    private static List<string> Path(string name)
    {
        var open = name.IndexOf('[');
        if (open <= 0 || name[^1] != ']')
        {
            return [name];
        }

        List<string> path = [name[..open], .. name[(open + 1)..^1].Split("][")];
        if (path.Exists(part => part.AsSpan().ContainsAny('[', ']')))
        {
            return [name];
        }

        return path.Count <= MaxDepth ? path : throw Invalid($"Invalid request: parameters nested deeper than {MaxDepth}.");
    }

    private static string Decode(ReadOnlySpan<byte> encoded)
    {
        var bytes = encoded.Length <= 512 ? stackalloc byte[encoded.Length] : new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            bytes[length++] = encoded[i] switch
            {
                (byte)'+' => (byte)' ',
                (byte)'%' => DecodePercent(encoded, ref i),
                var plain => plain,
            };
        }

        try
        {
            var text = StrictUtf8.GetString(bytes[..length]);
            return text.Contains('\0') ? throw Invalid("Invalid request: a parameter contains a null byte.") : text;
        }
        catch (DecoderFallbackException)
        {
            throw Invalid("Invalid request: a parameter is not valid UTF-8.");
        }
    }

    private static byte DecodePercent(ReadOnlySpan<byte> encoded, ref int index)
    {
        if (index + 2 < encoded.Length
            && byte.TryParse(encoded.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            index += 2;
            return value;
        }

        throw Invalid("Invalid request: invalid %-encoding.");
    }

    private static StripeErrorException Mixed(string name) =>
        Invalid($"Invalid request: parameter {name} is given both as a value and as an object or array.", name);

    private static StripeErrorException Invalid(string message, string? param = null) => new(StripeError.InvalidRequest(message, param));
}
