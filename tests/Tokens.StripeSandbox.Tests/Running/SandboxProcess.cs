using System.Diagnostics;
using Tokens.Testing;

namespace Tokens.StripeSandbox.Tests.Running;

/// <summary>A sandbox in another process, which can be killed at any moment.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    internal const string AddressMark = "sandbox listens on ";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private readonly Process process;

    private SandboxProcess(Process process) => this.process = process;

    internal static SandboxProcess Launch(TemporaryDirectory directory, Uri? webhookUrl = null)
    {
        string[] arguments = [directory.Path, .. webhookUrl is null ? Array.Empty<string>() : [webhookUrl.AbsoluteUri]];
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(SandboxProcess).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new SandboxProcess(Process.Start(start)!);
    }

    internal async Task<StripeCaller> ListensAsync()
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.StartsWith(AddressMark, StringComparison.Ordinal))
            {
                return new StripeCaller(new Uri(line[AddressMark.Length..]));
            }
        }

        throw new InvalidOperationException("The sandbox ended before it listened.");
    }

    internal async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}
