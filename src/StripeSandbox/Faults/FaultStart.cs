using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tokens.StripeSandbox.Switches;

namespace Tokens.StripeSandbox.Faults;

/// <summary>Puts the kept faults in force again, and says so: a forgotten one costs a morning.</summary>
internal sealed partial class FaultStart(StoredSwitches<FaultSwitches> switches, ILogger<FaultStart> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        switches.Load();
        if (switches.Current != FaultSwitches.Off)
        {
            LogOn(logger, switches.Current);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogIds.FaultStartOn, LogLevel.Warning, "The Stripe sandbox goes wrong on purpose: {Faults}. DELETE /sandbox/faults ends that")]
    private static partial void LogOn(ILogger logger, FaultSwitches faults);
}
