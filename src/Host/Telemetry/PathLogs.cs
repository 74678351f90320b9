namespace Tokens.Host.Telemetry;

/// <summary>
/// Silences the framework's messages that hold the paths of requests, whatever level the settings ask for: the path of a front end's page may
/// hold a gift card's code.
/// </summary>
internal static class PathLogs
{
    internal static ILoggingBuilder AddPathFilters(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning)
        .AddFilter("Yarp.ReverseProxy.Forwarder.HttpForwarder", LogLevel.Error);
}
