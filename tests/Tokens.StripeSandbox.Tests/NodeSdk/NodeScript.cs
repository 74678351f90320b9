using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Tokens.Testing;

namespace Tokens.StripeSandbox.Tests.NodeSdk;

/// <summary>Runs a group of <c>sdk.mjs</c>.</summary>
internal static class NodeScript
{
    private const string Folder = "tests/Tokens.StripeSandbox.Tests/NodeSdk";
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>Fails with what the script says when it doesn't end with 0.</summary>
    internal static async Task RunAsync(string group, object input)
    {
        if (!Directory.Exists(Repository.Path($"{Folder}/node_modules/stripe")))
        {
            throw NotInstalled(inner: null);
        }

        using var process = Start(group);
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.StandardInput.WriteAsync(JsonSerializer.Serialize(input, JsonSerializerOptions.Web));
            process.StandardInput.Close();
            await process.WaitForExitAsync(deadline.Token);
            process.ExitCode.ShouldBe(0, await errors + await output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static Process Start(string group)
    {
        var start = new ProcessStartInfo("node", ["sdk.mjs", group])
        {
            WorkingDirectory = Repository.Path(Folder),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw NotInstalled(exception);
        }
    }

    private static InvalidOperationException NotInstalled(Exception? inner) => new(
        $"Stripe's Node SDK is not installed: install Node.js 18 or later with npm, then run 'npm ci' in {Folder} (./test.sh does both).", inner);
}
