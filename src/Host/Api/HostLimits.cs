using Tokens.Platform.RateLimits;

namespace Tokens.Host.Api;

/// <summary>How often the routes that are the host's own may be called: by a member, or by an address without a sign-in.</summary>
internal static class HostLimits
{
    private const string Name = "host";

    internal static readonly RateLimitPolicy Session = new(Name, "session", PermitLimit: 60, WindowSeconds: 60);
    internal static readonly RateLimitPolicy CsrfToken = new(Name, "csrf_token", PermitLimit: 600, WindowSeconds: 60);
    internal static readonly RateLimitPolicy DevToken = new(Name, "dev_token", PermitLimit: 1_000, WindowSeconds: 60);

    /// <summary>The page of the API's documentation is eight files.</summary>
    internal static readonly RateLimitPolicy Documents = new(Name, "documents", PermitLimit: 600, WindowSeconds: 60);

    internal static readonly RateLimitPolicy[] All = [Session, CsrfToken, DevToken, Documents];
}
