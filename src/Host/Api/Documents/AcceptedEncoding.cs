using Microsoft.Net.Http.Headers;

namespace Tokens.Host.Api.Documents;

/// <summary>Chooses between the encodings of an answer by the request's <c>Accept-Encoding</c> (RFC 9110, 12.5.3).</summary>
internal static class AcceptedEncoding
{
    private const string Any = "*";

    /// <summary>Returns the encoding of the highest quality; of equals the first of <paramref name="offered"/>; null for the identity.</summary>
    internal static string? Choose(IList<StringWithQualityHeaderValue> accepted, IEnumerable<string> offered)
    {
        string? best = null;
        var bestQuality = 0.0;
        foreach (var encoding in offered)
        {
            if (QualityOf(accepted, encoding) is { } quality && quality > bestQuality)
            {
                (best, bestQuality) = (encoding, quality);
            }
        }

        // The identity is always acceptable; it wins only where the client prefers it.
        return Named(accepted, "identity") > bestQuality ? null : best;
    }

    private static double? QualityOf(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        Named(accepted, encoding) ?? Named(accepted, Any);

    private static double? Named(IList<StringWithQualityHeaderValue> accepted, string encoding)
    {
        foreach (var value in accepted)
        {
            if (value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase))
            {
                return value.Quality ?? 1;
            }
        }

        return null;
    }
}
