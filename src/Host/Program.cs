using System.Runtime.InteropServices;
using Tokens.Host.Roles;

// --roles gateway,api,sandbox   which parts this process plays
// --migrate                     brings the schemas up to date and exits
// --import FILE [--dry-run]     takes over what an older system had and exits
// --run NAME                    has a module do something once and exits
var arguments = args.ToList();
var migrate = arguments.Remove("--migrate");
var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
    ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
    ?? Environments.Production;
// Listened for before anything starts, so that a stop during the start is a stop too.
var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);

try
{
    var import = ImportCommand.Take(arguments);
    var run = RunCommand.Take(arguments);
    var factory = new AppFactory(environment, [.. arguments]);
    if (import is not null || run is not null)
    {
        using var stop = new CancellationTokenSource();
        _ = asked.Task.ContinueWith(_ => stop.Cancel(), TaskScheduler.Default);
        return import is not null ? await import.RunAsync(factory, stop.Token) : await run!.RunAsync(factory, stop.Token);
    }

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
    await Console.Error.WriteLineAsync(StartFaults.MessageOf(fault));
    return 1;
}

void Ask(PosixSignalContext context)
{
    context.Cancel = true;
    asked.TrySetResult();
}

internal sealed partial class Program;
