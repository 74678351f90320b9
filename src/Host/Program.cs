using System.Runtime.InteropServices;
using Tokens.Host.Roles;

// --roles gateway,api,sandbox   which parts this process plays
// --migrate                     brings the schemas up to date and exits
var migrate = args.Contains("--migrate");
var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
    ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
    ?? Environments.Production;
var factory = new AppFactory(environment, [.. args.Where(arg => arg != "--migrate")]);

// Listened for before anything starts, so that a stop during the start is a stop too.
var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);

try
{
    if (migrate)
    {
        await Product.MigrateAsync(factory, CancellationToken.None);
        return 0;
    }

    await using var product = await Product.StartAsync(factory, CancellationToken.None);
    Console.WriteLine(Banner.Of(product));
    await asked.Task;
    await product.StopAsync();
    return 0;
}
// What the operator can mend is said in one message, without a stack trace.
catch (Exception fault) when (StartFaults.Covers(fault))
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}

void Ask(PosixSignalContext context)
{
    context.Cancel = true;
    asked.TrySetResult();
}

internal sealed partial class Program;
