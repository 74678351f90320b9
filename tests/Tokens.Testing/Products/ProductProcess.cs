using System.Diagnostics;
using System.Net.Http.Headers;

namespace Tokens.Testing.Products;

/// <summary>The product as a process of its own, for tests that kill it.</summary>
public sealed class ProductProcess : IAsyncDisposable
{
    /// <summary>
    /// The environment variable with the path of the program to start: a published one, which starts in less time than the one beside
    /// the tests. That one is started where the variable is not set.
    /// </summary>
    public const string Variable = "TOKENS_TEST_HOST";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _output = [];

    private ProductProcess(Process process) => _process = process;

    /// <summary>Everything the process has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Bytes of the machine's memory that it occupies.</summary>
    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Whether the process has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The code with which it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts the program; doesn't wait for anything.</summary>
    /// <param name="settings">Its environment variables, beside those of this process that it needs to run at all.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProductProcess Launch(IReadOnlyDictionary<string, string?> settings, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(
            Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } published
                ? published
                : Path.Combine(AppContext.BaseDirectory, "Tokens.Host.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Compiled ahead of time, it is quick enough: to compile again what is called often takes longer than most processes live here.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "10000";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var product = new ProductProcess(new Process { StartInfo = start });
        product._process.OutputDataReceived += (_, line) => product.Record(line.Data);
        product._process.ErrorDataReceived += (_, line) => product.Record(line.Data);
        product._process.Start();
        product._process.BeginOutputReadLine();
        product._process.BeginErrorReadLine();
        return product;
    }

    /// <summary>Waits until the gateway at that address is ready.</summary>
    public async Task WaitUntilReadyAsync(Uri gateway)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        client.DefaultRequestHeaders.CacheControl = new CacheControlHeaderValue { NoCache = true };
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                if (HasExited)
                {
                    throw new InvalidOperationException($"The product ended with {ExitCode}:\n{Output}");
                }

                try
                {
                    using var response = await client.GetAsync("/health/ready");
                    return response.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            StartDeadline,
            "the product is ready");
    }

    /// <summary>Kills the process as a power cut would: no signal it could handle.</summary>
    public async Task KillAsync()
    {
        if (!HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as an orchestrator does.</summary>
    public void Terminate() => UnixSignal.Terminate.Send(_process.Id);

    /// <summary>Freezes the process: its connections stay open and nobody answers.</summary>
    public void Pause() => UnixSignal.Stop.Send(_process.Id);

    /// <summary>Lets a frozen process go on where it was.</summary>
    public void Resume() => UnixSignal.Continue.Send(_process.Id);

    /// <summary>Waits for its end.</summary>
    public Task WaitForExitAsync(TimeSpan deadline) => _process.WaitForExitAsync().WaitAsync(deadline, TimeProvider.System);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Record(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.Add(line);
            }
        }
    }
}
