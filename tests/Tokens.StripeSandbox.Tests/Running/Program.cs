using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Tokens.StripeSandbox.Tests.Running;

/// <summary>
/// A sandbox as a process: says its address on a line of its own and runs until it is killed, or until whoever started it is gone and
/// with it the other end of standard input.
/// </summary>
internal static class Program
{
    private static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = SandboxApp.Build(builder, RunningSandbox.Settings(args[0]));
        await app.StartAsync();
        Console.WriteLine(SandboxProcess.AddressMark + app.Urls.Single());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }
}
