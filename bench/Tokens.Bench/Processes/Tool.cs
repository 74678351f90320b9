using System.Diagnostics;

namespace Tokens.Bench.Processes;

/// <summary>A program that runs, prints and ends.</summary>
internal static class Tool
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <param name="Output">All it printed.</param>
    /// <param name="Usage">What it used; seen last within <see cref="Pause"/> of its end.</param>
    internal sealed record Result(string Output, ProcessUsage Usage);

    /// <summary>Runs the program to its end; it is killed if that is no longer wanted.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message has its output.</exception>
    internal static async Task<Result> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(program);
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var usage = await WatchAsync(name, process, cancellationToken);
            var text = await output;
            return process.ExitCode == 0
                ? new Result(text, usage)
                : throw new InvalidOperationException($"{name} ended with {process.ExitCode}:\n{text}\n{await errors}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    // A process that has ended says nothing more of itself, so it is looked at until then.
    private static async Task<ProcessUsage> WatchAsync(string name, Process process, CancellationToken cancellationToken)
    {
        var usage = new ProcessUsage(name, 0, 0, 0);
        var ended = process.WaitForExitAsync(cancellationToken);
        while (!ended.IsCompleted)
        {
            if (ProcessFigures.Read(process.Id) is { ResidentBytes: > 0 } figures)
            {
                usage = ProcessUsage.Of(name, figures);
            }

            await Task.WhenAny(ended, Task.Delay(Pause, TimeProvider.System, cancellationToken));
        }

        await ended;
        return usage;
    }
}
