using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Tokens.Platform.Problems;

namespace Tokens.Host.Ops;

/// <summary>
/// Lets only the page act: it sends its own token, which no other site can read, to a name of this listener, which no other site's name
/// can pretend to be.
/// </summary>
internal sealed class OpsGuard(OpsSources sources, IServer server, IOptions<OpsOptions> options) : IEndpointFilter
{
    internal const string TokenHeader = "X-Ops-Token";

    private static readonly Problem ForeignHost = new(
        ProblemKind.Forbidden, "Act under a name of this listener, or name this one in Ops:Hosts.");

    private static readonly Problem NoToken = new(ProblemKind.Forbidden, $"Send the page's token in the header {TokenHeader}.");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!Hosts().Contains(request.Host.Value ?? "", StringComparer.OrdinalIgnoreCase))
        {
            return ForeignHost;
        }

        return IsToken(request.Headers[TokenHeader].ToString()) ? await next(context) : NoToken;
    }

    private bool IsToken(string sent) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(sources.Token));

    private IEnumerable<string> Hosts()
    {
        foreach (var address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            var uri = new Uri(address.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal));
            yield return uri.Authority;
            if (uri.IsLoopback)
            {
                yield return $"localhost:{uri.Port}";
                yield return $"127.0.0.1:{uri.Port}";
            }
        }

        foreach (var named in options.Value.Hosts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            yield return named;
        }
    }
}
