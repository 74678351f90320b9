using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;
using Tokens.Host.Roles;
using Tokens.Platform.Problems;

namespace Tokens.Host.Ops;

/// <summary>
/// Refuses to be read under a foreign name on a loopback listener: a web page could otherwise make a browser on this machine read it
/// (DNS rebinding). Elsewhere the network decides who reads.
/// </summary>
internal sealed class OpsReadGuard(IServer server, IOptions<OpsOptions> options) : IEndpointFilter
{
    private static readonly Problem ForeignHost = new(
        ProblemKind.Forbidden, "Read this listener under a loopback name, or name this host in Ops:Hosts.");

    private readonly string[] _hosts =
        options.Value.Hosts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var arrival = Arrival.Of(context.HttpContext);
        return LoopbackListener.Covers(server, arrival.LocalPort) && !IsKnown(arrival.Host.Host)
            ? ValueTask.FromResult<object?>(ForeignHost)
            : next(context);
    }

    // Only programs send no name; a browser always sends the page's.
    private bool IsKnown(string host) =>
        host.Length == 0 || LoopbackAddress.CoversHost(host) || _hosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}
