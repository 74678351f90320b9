using System.Text.Json;

namespace Tokens.Testing.Products;

/// <summary>A live balance stream, read message by message.</summary>
public sealed class EventStream : IDisposable
{
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventStream(HttpResponseMessage response, Stream body) => (_response, _reader) = (response, new StreamReader(body));

    /// <summary>The answer that the stream is the body of.</summary>
    public HttpResponseMessage Response => _response;

    /// <summary>Opens one with the client's sign-in.</summary>
    public static async Task<EventStream> OpenAsync(HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        var response = await client.GetAsync("/api/tokens/balance/stream", HttpCompletionOption.ResponseHeadersRead);
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event or comment; null when the stream has ended.</summary>
    public async Task<Message?> NextAsync()
    {
        var message = new Message(null, null, null);
        while (await _reader.ReadLineAsync().WaitAsync(Deadline, TimeProvider.System) is { } line)
        {
            if (line.Length == 0)
            {
                return message;
            }

            message = line.Split(':', 2) switch
            {
                ["", var comment] => message with { Comment = comment.Trim() },
                ["event", var name] => message with { Event = name.Trim() },
                ["data", var data] => message with { Data = JsonSerializer.Deserialize<JsonElement>(data) },
                _ => throw new FormatException(line),
            };
        }

        return null;
    }

    /// <summary>The next message that isn't a comment; null when the stream has ended.</summary>
    public async Task<Message?> NextEventAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Deadline)
        {
            var message = await NextAsync();
            if (message is not { Comment: not null })
            {
                return message;
            }
        }

        throw new TimeoutException("The stream said nothing but comments.");
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }

    /// <summary>An event or a comment.</summary>
    public sealed record Message(string? Event, JsonElement? Data, string? Comment)
    {
        /// <summary>The balance after the change.</summary>
        public long Balance => Data!.Value.GetProperty("balance").GetInt64();

        /// <summary>The change.</summary>
        public long Delta => Data!.Value.GetProperty("delta").GetInt64();

        /// <summary>What it was for.</summary>
        public string? Kind => Data!.Value.GetProperty("kind").GetString();
    }
}
