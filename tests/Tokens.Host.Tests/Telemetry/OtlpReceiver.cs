using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tokens.Host.Tests.Telemetry;

/// <summary>Takes spans by OTLP over HTTP and reads of them what tests ask for.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    internal Uri Address => new(_app.Urls.First());

    internal ConcurrentBag<Span> Spans { get; } = [];

    /// <summary>All that came, as text in which words are found.</summary>
    internal ConcurrentBag<string> Bodies { get; } = [];

    internal static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            receiver.Take(signal, body.ToArray());
        });
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Take(string signal, byte[] body)
    {
        Bodies.Add(Encoding.Latin1.GetString(body));
        if (signal != "traces")
        {
            return;
        }

        // ExportTraceServiceRequest: resource spans, scope spans, spans.
        foreach (var span in Fields(body, 1).SelectMany(resource => Fields(resource, 2)).SelectMany(scope => Fields(scope, 2)))
        {
            Spans.Add(new Span(
                Convert.ToHexStringLower(Fields(span, 1)[0]),
                Convert.ToHexStringLower(Fields(span, 2)[0]),
                Fields(span, 4) is [var parent, ..] ? Convert.ToHexStringLower(parent) : "",
                Text(Fields(span, 5)[0]),
                Fields(span, 9).Where(IsText).ToDictionary(pair => Text(Fields(pair, 1)[0]), pair => Text(Fields(Fields(pair, 2)[0], 1)[0])),
                [.. Fields(span, 13).Select(link => Convert.ToHexStringLower(Fields(link, 1)[0]))]));
        }
    }

    private static bool IsText(byte[] attribute) => Fields(Fields(attribute, 2)[0], 1).Count > 0;

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>The values of a field that have a length, in order.</summary>
    private static List<byte[]> Fields(byte[] message, int number)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Number(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Number(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Number(message, ref at);
                    if ((int)(tag >> 3) == number)
                    {
                        found.Add(message[at..(at + length)]);
                    }

                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new FormatException($"Wire type {tag & 7} is none.");
            }
        }

        return found;
    }

    private static ulong Number(byte[] message, ref int at)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }
    }

    /// <param name="TraceId">Its trace.</param>
    /// <param name="Id">Its own id.</param>
    /// <param name="ParentId">That of the span above it; empty for the first of a trace.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Attributes">Those that are text.</param>
    /// <param name="LinkedTraceIds">The traces to which it is linked.</param>
    internal sealed record Span(
        string TraceId, string Id, string ParentId, string Name, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> LinkedTraceIds);
}
