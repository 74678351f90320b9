using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Tokens.Gateway.Tests.Parts;

/// <summary>What an upstream was asked.</summary>
internal sealed record Seen(string Method, string Target, Dictionary<string, string> Headers, byte[] Body);

/// <summary>A well-behaved application behind the gateway: ready, and it remembers what it was asked.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Seen> _seen = new();
    private int _readiness = StatusCodes.Status200OK;

    private Upstream(WebApplication app) => _app = app;

    internal string Url => _app.Urls.Single();

    /// <summary>Everything but the gateway's health checks, in order of arrival.</summary>
    internal IReadOnlyList<Seen> Requests => [.. _seen];

    internal int Readiness
    {
        get => Volatile.Read(ref _readiness);
        set => Volatile.Write(ref _readiness, value);
    }

    /// <summary>Starts an application that names itself in the body of every answer.</summary>
    internal static Task<Upstream> StartAsync(string name) => StartAsync(context => context.Response.WriteAsync(name));

    internal static async Task<Upstream> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
        });
        var app = builder.Build();
        var upstream = new Upstream(app);
        app.UseWebSockets();
        app.Run(async context =>
        {
            if (context.Request.Path == "/health/ready")
            {
                context.Response.StatusCode = upstream.Readiness;
                return;
            }

            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            upstream._seen.Enqueue(new Seen(
                context.Request.Method,
                context.Features.Get<IHttpRequestFeature>()!.RawTarget,
                context.Request.Headers.ToDictionary(
                    header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body.ToArray()));
            await answer(context);
        });
        await app.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
