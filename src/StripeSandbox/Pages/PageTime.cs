using System.Globalization;

namespace Tokens.StripeSandbox.Pages;

internal static class PageTime
{
    /// <summary>A time in whole seconds since 1970, for people and for programs.</summary>
    internal static Html Show(long unixSeconds)
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(unixSeconds);
        var full = moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $"""<time datetime="{full}" title="{full}">{moment.ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}</time>""";
    }
}
