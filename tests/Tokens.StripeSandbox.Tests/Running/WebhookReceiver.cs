using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tokens.Testing;

namespace Tokens.StripeSandbox.Tests.Running;

/// <summary>Somebody whom the sandbox tells of events: keeps what came and answers what it is told to.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    internal const string Secret = "whsec_of_the_tests";
    private static readonly TimeSpan Deadline = Eventually.Deadline;
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Webhook> received = new();

    private WebhookReceiver(WebApplication app) => this.app = app;

    /// <summary>In the order of their arrival.</summary>
    internal IReadOnlyList<Webhook> Received => [.. received];

    internal Uri Address => new(app.Urls.Single() + "/hook?from=sandbox");

    /// <summary>The status to answer with, asked for after the webhook was kept.</summary>
    internal Func<Webhook, HttpContext, Task<int>> Answer { get; set; } = static (_, _) => Task.FromResult(200);

    internal static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var built = builder.Build();
        built.Urls.Add("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(built);
        built.MapPost("/hook", receiver.ReceiveAsync);
        await built.StartAsync();
        return receiver;
    }

    /// <summary>The settings of a sandbox that tells this receiver.</summary>
    internal SandboxSettings Settings(SandboxSettings settings) =>
        settings with { WebhookUrl = () => Address, WebhookSecret = Secret };

    /// <summary>Waits until as many as that have come, duplicates and repeats included.</summary>
    internal async Task<IReadOnlyList<Webhook>> ReceivesAsync(int count)
    {
        await Eventually.BecomesTrueAsync(() => received.Count >= count, Deadline, $"{count} webhooks have come.");
        return Received;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var webhook = new Webhook(
            body.ToArray(), context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        received.Enqueue(webhook);
        context.Response.StatusCode = await Answer(webhook, context);
    }
}

/// <summary>A webhook as it came.</summary>
internal sealed record Webhook(byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    internal JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    internal string Id => Json.GetProperty("id").GetString()!;

    internal string Type => Json.GetProperty("type").GetString()!;

    internal string Signature => Headers["Stripe-Signature"];

    internal string Text => Encoding.UTF8.GetString(Body);
}
