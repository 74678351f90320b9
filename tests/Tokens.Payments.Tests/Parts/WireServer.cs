using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stripe;
using Tokens.Payments.Charging;

namespace Tokens.Payments.Tests.Parts;

/// <summary>Answers every request as a test says, and keeps what was asked.</summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly StripeConnection _connection;

    private WireServer(WebApplication app, string address)
    {
        (_app, Address) = (app, address);
        _connection = new StripeConnection(new StripeOptions { SecretKey = "sk_test_wire", ApiBase = address });
    }

    /// <summary>Without a slash at its end.</summary>
    public string Address { get; }

    public ConcurrentQueue<Request> Requests { get; } = new();

    /// <summary>Calls it as the product does.</summary>
    public PaymentIntentService Intents => new(_connection.Client);

    public static Task<WireServer> AnsweringAsync(int status, string body) => StartAsync(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers["Request-Id"] = "req_7";
        await context.Response.WriteAsync(body);
    });

    public static async Task<WireServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        WireServer? server = null;
        app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            server!.Requests.Enqueue(new Request(
                context.Request.Method,
                context.Request.Path + context.Request.QueryString,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await body.ReadToEndAsync()));
            await answer(context);
        });
        await app.StartAsync();
        server = new WireServer(app, app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _app.DisposeAsync();
    }

    internal sealed record Request(string Method, string Target, Dictionary<string, string> Headers, string Body);
}
