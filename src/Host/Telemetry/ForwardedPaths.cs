using System.Diagnostics;
using OpenTelemetry;

namespace Tokens.Host.Telemetry;

/// <summary>
/// Removes the path from the spans of calls that the gateway forwards: the paths of the front end's pages hold gift-card codes, and those of
/// the legacy application aren't ours to judge.
/// </summary>
internal sealed class ForwardedPaths : BaseProcessor<Activity>
{
    private const string Proxy = "Yarp.ReverseProxy";
    private const string Url = "url.full";

    public override void OnEnd(Activity data)
    {
        if (data.Kind == ActivityKind.Client && data.Parent?.Source.Name == Proxy && data.GetTagItem(Url) is string url)
        {
            data.SetTag(Url, AuthorityOf(url));
        }
    }

    /// <summary>Scheme, host and port of an address.</summary>
    internal static string? AuthorityOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : null;
}
