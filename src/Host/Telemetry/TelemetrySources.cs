namespace Tokens.Host.Telemetry;

/// <summary>What is listened to: the product's own, and what the platform and its libraries tell by themselves.</summary>
internal static class TelemetrySources
{
    internal static readonly IReadOnlyList<string> Meters =
    [
        "Tokens.*",
        "Polly",
        // Not all of the server's: what it measures of routing, authentication, authorization and pooled memory at each request cost
        // nearly as much as all the rest, and the requests' own metrics say it by route and status.
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.EntityFrameworkCore",
        "System.Net.Http",
        "System.Runtime",
        "Npgsql",
    ];

    internal static readonly IReadOnlyList<string> Traces =
    [
        "Tokens.*",
        "Microsoft.AspNetCore",
        "Yarp.ReverseProxy",
        "System.Net.Http",
        "Npgsql",
    ];
}
