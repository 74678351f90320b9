using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Tokens.Host.Tests.Fuzz;

/// <summary>One caller on a bare socket: sends any bytes, and reads answers as strictly as HTTP/1.1 wants them.</summary>
internal sealed class WireClient(Uri address) : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private TcpClient? _tcp;
    private int _start;
    private int _end;

    /// <summary>Null when the server hung up without an answer.</summary>
    internal async Task<WireAnswer?> SendAsync(WireRequest request, CancellationToken cancellationToken)
    {
        if (_tcp is null)
        {
            _tcp = new TcpClient { NoDelay = true };
            (_start, _end) = (0, 0);
            await _tcp.ConnectAsync(address.Host, address.Port, cancellationToken);
        }

        var writing = WriteAsync(_tcp.GetStream(), request.Bytes, cancellationToken);
        WireAnswer? answer = null;
        try
        {
            answer = await ReadAsync(request.Method == "HEAD", cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException && request.IsBelowHttp)
        {
            // Hung up in the middle of what is no request, or answered in HTTP/2 what began like it.
        }

        await writing;
        // What is left of a broken request would be taken for the next one.
        if (answer is null || answer.EndsConnection || request.IsBelowHttp)
        {
            Dispose();
        }

        return answer;
    }

    public void Dispose()
    {
        _tcp?.Dispose();
        _tcp = null;
    }

    private static async Task WriteAsync(NetworkStream stream, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException)
        {
            // A server may answer and hang up before it has everything: the answer says so.
        }
    }

    private async Task<WireAnswer?> ReadAsync(bool isHead, CancellationToken cancellationToken)
    {
        int status;
        Dictionary<string, string> headers;
        do
        {
            if (await ReadLineAsync(cancellationToken) is not { } line)
            {
                return null;
            }

            if (!line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
            {
                throw new InvalidDataException($"No status line: {line}");
            }

            status = int.Parse(line.AsSpan(9, 3), CultureInfo.InvariantCulture);
            headers = await ReadHeadersAsync(cancellationToken);
        }
        while (status is >= 100 and < 200);

        var answer = new WireAnswer(status, headers, []);
        return isHead || status is 204 or 304 || answer.IsEventStream
            ? answer
            : answer with { Body = await ReadBodyAsync(answer, cancellationToken) };
    }

    private async Task<Dictionary<string, string>> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (line[..colon].ToLowerInvariant(), line[(colon + 1)..].Trim());
            headers[name] = headers.TryGetValue(name, out var earlier) ? $"{earlier}, {value}" : value;
        }

        return headers;
    }

    private async Task<byte[]> ReadBodyAsync(WireAnswer answer, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        if (answer.Header("transfer-encoding") == "chunked")
        {
            while (true)
            {
                var size = int.Parse((await ReadLineAsync(cancellationToken))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                await CopyAsync(body, size, cancellationToken);
                (await ReadLineAsync(cancellationToken)).ShouldBe("");
                if (size == 0)
                {
                    return body.ToArray();
                }
            }
        }

        if (answer.Header("content-length") is { } length)
        {
            await CopyAsync(body, int.Parse(length, CultureInfo.InvariantCulture), cancellationToken);
            return body.ToArray();
        }

        return answer.EndsConnection ? [] : throw new InvalidDataException("An answer without length or framing.");
    }

    private async Task CopyAsync(MemoryStream body, int count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (_start == _end && !await FillAsync(cancellationToken))
            {
                throw new InvalidDataException($"The answer ended {count} bytes too early.");
            }

            var taken = Math.Min(count, _end - _start);
            body.Write(_buffer, _start, taken);
            _start += taken;
            count -= taken;
        }
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !await FillAsync(cancellationToken))
            {
                return line.Length == 0 ? null : throw new InvalidDataException($"Half a line: {line}");
            }

            var c = (char)_buffer[_start++];
            if (c == '\n')
            {
                return line.ToString();
            }

            if (c != '\r')
            {
                line.Append(c);
            }
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await _tcp!.GetStream().ReadAsync(_buffer, cancellationToken);
        return _end > 0;
    }
}
