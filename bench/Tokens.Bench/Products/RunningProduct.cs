using System.Diagnostics;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Products;

/// <summary>The product as one process that plays gateway and API, with production's settings but for those that it is given.</summary>
internal sealed class RunningProduct : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly Queue<string> _lines = [];

    private RunningProduct(Process process, Uri gateway, Uri api)
    {
        _process = process;
        Gateway = gateway;
        Api = api;
    }

    internal Uri Gateway { get; }

    internal Uri Api { get; }

    internal int ProcessId => _process.Id;

    /// <summary>Starts it on that database, and waits until it is ready.</summary>
    /// <param name="settings">What is set beside production's settings.</param>
    internal static async Task<RunningProduct> StartAsync(
        Servers servers,
        string database,
        string secret,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? settings = null)
    {
        var gateway = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        var api = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        var start = new ProcessStartInfo("dotnet", [servers.Product])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            // Nowhere else are limits and the no-op's absence negotiable; all other settings are production's.
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ROLES"] = "gateway,api",
            ["RATE_LIMITS"] = "off",
            ["Logging__LogLevel__Default"] = "Warning",
            ["GATEWAY_URLS"] = gateway.ToString(),
            ["API_URLS"] = api.ToString(),
            ["DATABASE_URL"] = servers.ConnectionString(database),
            ["REDIS_URL"] = servers.RedisUrl,
            ["DATA_DIR"] = Path.Combine(servers.WorkDirectory, $"data-{database}"),
            ["SUPABASE_JWT_SECRET"] = secret,
        }.Concat(settings ?? new Dictionary<string, string>()))
        {
            start.Environment[name] = value;
        }

        var product = new RunningProduct(new Process { StartInfo = start }, gateway, api);
        product.Launch();
        try
        {
            await product.WaitUntilReadyAsync(cancellationToken);
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Launch()
    {
        _process.OutputDataReceived += (_, line) => Record(line.Data);
        _process.ErrorDataReceived += (_, line) => Record(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Gateway };
        var started = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(client, cancellationToken))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > StartDeadline)
            {
                throw new InvalidOperationException($"The product didn't start:\n{LastLines()}");
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync("/health/ready", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>What it printed last, for a report of what went wrong.</summary>
    internal string LastLines()
    {
        lock (_lines)
        {
            return string.Join('\n', _lines);
        }
    }

    private void Record(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > 40)
            {
                _lines.Dequeue();
            }
        }
    }
}
