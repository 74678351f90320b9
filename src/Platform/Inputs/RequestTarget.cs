using System.Globalization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tokens.Platform.Problems;

namespace Tokens.Platform.Inputs;

/// <summary>Checks the path and the query of a request as they were sent.</summary>
public static class RequestTarget
{
    /// <summary>Answers a request whose target is no UTF-8.</summary>
    public static Problem NotUtf8 { get; } = new(ProblemKind.InvalidRequest, "The path and the query must be percent-encoded UTF-8.");

    /// <summary>
    /// Whether the escapes stand for valid UTF-8. The framework leaves other escapes as they are, so that half a surrogate pair would be
    /// read as the text <c>%ED%A0%80</c>.
    /// </summary>
    public static bool IsUtf8(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return IsUtf8(context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "");
    }

    internal static bool IsUtf8(string target)
    {
        var at = target.IndexOf('%', StringComparison.Ordinal);
        if (at < 0)
        {
            return true;
        }

        var bytes = new byte[target.Length - at];
        var count = 0;
        for (; at < target.Length; at++)
        {
            if (target[at] == '%' && at + 2 < target.Length
                && byte.TryParse(target.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
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
