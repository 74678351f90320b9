using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.StripeSandbox.Events;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Webhooks;

/// <summary>Tells the receiver of an event, once.</summary>
internal sealed partial class WebhookSender(
    SandboxSettings settings, IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookSender> logger) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        // A redirect is an answer that isn't 2xx, and nothing of the sandbox's belongs into a proxy or a trace.
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly Lock noting = new();
    private long attempts;
    private long lastReceived;
    private bool fails;

    /// <summary>The status that the receiver answered; null when it didn't, or not in time.</summary>
    internal async Task<int?> SendAsync(Uri url, Event occurred, CancellationToken cancellationToken)
    {
        var attempt = Interlocked.Increment(ref attempts);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.Value.TimeoutMilliseconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = Request(url, occurred);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            Note(url, attempt, response.IsSuccessStatusCode, $"it answers {(int)response.StatusCode}");
            return (int)response.StatusCode;
        }
        catch (HttpRequestException exception)
        {
            Note(url, attempt, received: false, exception.Message);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Note(url, attempt, received: false, "it does not answer in time");
            return null;
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(Uri url, Event occurred)
    {
        // To its receiver this one is still to be told.
        var body = JsonSerializer.SerializeToUtf8Bytes(new EventObject(occurred, PendingWebhooks: 1), StripeJson.Options);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Stripe", "1.0"));
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Sign(body, settings.WebhookSecret!, time.GetUtcNow()));
        return request;
    }

    /// <summary>Says when the receiver begins to fail and when it is back, not once an event.</summary>
    private void Note(Uri url, long attempt, bool received, string reason)
    {
        lock (noting)
        {
            // One that began before the last that was received tells of what is over.
            if (attempt < lastReceived)
            {
                return;
            }

            lastReceived = received ? attempt : lastReceived;
            if (received != fails)
            {
                return;
            }

            fails = !received;
        }

        if (received)
        {
            LogBack(logger, url.GetLeftPart(UriPartial.Path));
        }
        else
        {
            LogFails(logger, url.GetLeftPart(UriPartial.Path), reason);
        }
    }

    [LoggerMessage(LogIds.WebhookSenderFails, LogLevel.Warning, "Webhooks to {Url} fail and are repeated: {Reason}")]
    private static partial void LogFails(ILogger logger, string url, string reason);

    [LoggerMessage(LogIds.WebhookSenderBack, LogLevel.Information, "Webhooks to {Url} are received again")]
    private static partial void LogBack(ILogger logger, string url);
}
