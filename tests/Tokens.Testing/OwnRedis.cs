using System.Diagnostics;
using System.Net.Sockets;
using Tokens.Testing.Products;

namespace Tokens.Testing;

/// <summary>A Redis server of one test's own, which it may stop, freeze and start again on the same port.</summary>
public sealed class OwnRedis : IAsyncDisposable
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    private readonly TemporaryDirectory _directory = new();
    private readonly int _port = LoopbackPort.Free();
    private readonly string[] _arguments;
    private Process? _process;

    private OwnRedis(string[] arguments) => _arguments = arguments;

    /// <summary>What <c>REDIS_URL</c> is set to.</summary>
    public string Url => $"redis://127.0.0.1:{_port}";

    /// <summary>Starts a server.</summary>
    /// <param name="arguments">Of the server, beside its own: such as <c>--aclfile</c> and its path.</param>
    public static async Task<OwnRedis> StartAsync(params string[] arguments)
    {
        var redis = new OwnRedis(arguments);
        await redis.StartServerAsync();
        return redis;
    }

    /// <summary>A place where a server will be later.</summary>
    public static OwnRedis NotStarted() => new([]);

    /// <summary>Starts the server, empty.</summary>
    public async Task StartServerAsync()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, UseShellExecute = false };
        string[] own = ["--bind", "127.0.0.1", "--port", $"{_port}", "--save", "", "--appendonly", "no", "--dir", _directory.Path];
        foreach (var argument in own.Concat(_arguments))
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _ = _process.StandardOutput.ReadToEndAsync();
        await Eventually.BecomesTrueAsync(AnswersAsync, Soon, "Redis answers");
    }

    /// <summary>Kills the server; what it held is gone.</summary>
    public async Task StopServerAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>Freezes the server: its connections stay open and nobody answers.</summary>
    public void Pause() => UnixSignal.Stop.Send(Running.Id);

    /// <summary>Lets a frozen server go on.</summary>
    public void Resume() => UnixSignal.Continue.Send(Running.Id);

    /// <summary>Removes everything that it holds.</summary>
    public async Task FlushAsync() => await SendAsync("FLUSHALL\r\n");

    /// <summary>Forgets all scripts, as a restart does, while connections stay open.</summary>
    public async Task ForgetScriptsAsync() => await SendAsync("SCRIPT FLUSH\r\n");

    /// <summary>How often the server has executed a command.</summary>
    /// <param name="command">Its name in lower case, such as <c>mget</c>.</param>
    public async Task<long> CallsAsync(string command)
    {
        var statistics = await SendAsync("INFO commandstats\r\n", line => line.StartsWith($"cmdstat_{command}:", StringComparison.Ordinal));
        return statistics is null ? 0 : long.Parse(statistics.Split("calls=")[1].Split(',')[0]);
    }

    /// <summary>How many connections listen to the channel.</summary>
    public async Task<int> ListenersAsync(string channel) =>
        int.Parse((await SendAsync($"PUBSUB NUMSUB {channel}\r\n", line => line.StartsWith(':')))![1..]);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        _directory.Dispose();
    }

    private Process Running => _process ?? throw new InvalidOperationException("The server hasn't been started.");

    private async Task<bool> AnswersAsync()
    {
        try
        {
            // Where everyone must sign in, a refusal is an answer.
            var answer = await SendAsync("PING\r\n");
            return answer.StartsWith("+PONG", StringComparison.Ordinal) || answer.StartsWith("-NOAUTH", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<string> SendAsync(string command) => await SendAsync(command, static _ => true) ?? "";

    // The first line that is wanted; null where the server says nothing of the kind.
    private async Task<string?> SendAsync(string command, Func<string, bool> isWanted)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(command));
        await stream.WriteAsync("QUIT\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (isWanted(line))
            {
                return line;
            }
        }

        return null;
    }
}
