using System.Globalization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tokens.Platform.Problems;

namespace Tokens.Platform.Inputs;

/// <summary>Checks the path and the query of a request as they were sent.</summary>
public static class RequestTarget
{
    /// <summary>Answers a request whose path is no UTF-8.</summary>
    public static Problem PathNotUtf8 { get; } = new(ProblemKind.InvalidRequest, "The path must be percent-encoded UTF-8.");

    /// <summary>
    /// Returns whether the escapes of the path stand for valid UTF-8. The framework leaves other escapes as they are, so that half a
    /// surrogate pair would be read as the text <c>%ED%A0%80</c>.
    /// </summary>
    public static bool HasUtf8Path(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var target = RawTarget(context).AsSpan();
        var query = target.IndexOf('?');
        return IsUtf8(query < 0 ? target : target[..query]);
    }

    /// <summary>Returns the names of the query's parameters whose escapes, in name or value, stand for no valid UTF-8.</summary>
    internal static IEnumerable<string> ParametersNotUtf8(HttpContext context)
    {
        var target = RawTarget(context);
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 || IsUtf8(target.AsSpan(query))
            ? []
            : target[(query + 1)..].Split('&').Where(pair => !IsUtf8(pair)).Select(pair => Uri.UnescapeDataString(pair.Split('=', 2)[0]));
    }

    private static string RawTarget(HttpContext context) => context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";

    internal static bool IsUtf8(ReadOnlySpan<char> target)
    {
        var at = target.IndexOf('%');
        if (at < 0)
        {
            return true;
        }

        var bytes = new byte[target.Length - at];
        var count = 0;
        for (; at < target.Length; at++)
        {
            if (target[at] == '%' && at + 2 < target.Length
                && byte.TryParse(target.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
            {
                bytes[count++] = escaped;
                at += 2;
            }
            else
            {
                bytes[count++] = (byte)(target[at] & 0x7F);
            }
        }

        return Utf8.IsValid(bytes.AsSpan(0, count));
    }
}
