using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Tokens.StripeSandbox.Tests.Running;

/// <summary>
/// A sandbox as a process, on the directory and for the webhook receiver that the arguments name: says its address on a line of its own and runs until it is killed, or until whoever started it is gone and
/// with it the other end of standard input.
/// </summary>
internal static class Program
{
    private static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var settings = RunningSandbox.Settings(args[0]);
        if (args.Length > 1)
        {
            settings = settings with { WebhookUrl = () => new Uri(args[1]), WebhookSecret = WebhookReceiver.Secret };
        }

        await using var app = SandboxApp.Build(builder, settings);
        await app.StartAsync();
        Console.WriteLine(SandboxProcess.AddressMark + app.Urls.Single());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }
}
