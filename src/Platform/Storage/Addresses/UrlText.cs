using System.Globalization;

namespace Tokens.Platform.Storage.Addresses;

/// <summary>A PostgreSQL URL in its parts, decoded: <c>postgres://user:password@host:port/database?name=value</c>.</summary>
internal sealed record UrlText(
    string? User, string? Password, string? Host, int? Port, string? Database, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    private const string Unencoded = "a user name or password with one of @ / ? # must be percent-encoded";

    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    /// <summary>Whether the text is such a URL at all.</summary>
    internal static bool Is(string text) => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the parts; an empty one is null.</summary>
    /// <exception cref="FormatException">The URL can't be read; the message quotes nothing of it.</exception>
    internal static UrlText Read(string text)
    {
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var (authority, tail) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        var at = authority.LastIndexOf('@');
        if (tail.Contains('#', StringComparison.Ordinal) || (authority.Length > 0 && tail.Contains('@', StringComparison.Ordinal)))
        {
            throw Refusal.Of(Unencoded);
        }

        var user = at < 0 ? [] : authority[..at].Split(':', 2);
        var (host, port) = HostAndPort(authority[(at + 1)..]);
        var query = tail.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? tail : tail[..query];
        return new UrlText(
            Decoded(user.ElementAtOrDefault(0)),
            user.Length == 2 ? Uri.UnescapeDataString(user[1]) : null,
            host,
            port,
            Decoded(path.TrimStart('/')),
            query < 0 ? [] : [.. tail[(query + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Parameter)]);
    }

    private static (string? Host, int? Port) HostAndPort(string text)
    {
        if (text.Contains(',', StringComparison.Ordinal))
        {
            throw Refusal.OfSeveralHosts();
        }

        var bracket = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : -1;
        var colon = text.IndexOf(':', Math.Max(0, bracket));
        if (colon >= 0 && text.IndexOf(':', colon + 1) >= 0)
        {
            throw Refusal.Of("an IPv6 address stands in brackets, as in [::1]:5432");
        }

        var host = bracket > 0 ? text[1..bracket] : colon < 0 ? text : text[..colon];
        var port = colon < 0 || colon == text.Length - 1 ? null : text[(colon + 1)..];
        return (Decoded(host), port is null ? null : PortOf(port));
    }

    private static int PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw Refusal.Of("the port must be a number from 1 to 65535");

    private static KeyValuePair<string, string> Parameter(string pair)
    {
        var parts = pair.Split('=', 2);
        return new(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static string? Decoded(string? text) => string.IsNullOrEmpty(text) ? null : Uri.UnescapeDataString(text);
}
