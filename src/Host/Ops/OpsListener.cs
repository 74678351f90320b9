using Tokens.Host.Roles;

namespace Tokens.Host.Ops;

/// <summary>Decides where operations are served.</summary>
internal static partial class OpsListener
{
    private const string ProductionUrl = "http://127.0.0.1:9464";

    /// <summary>Null where the API's own listener serves them, or nobody.</summary>
    internal static async Task<WebApplication?> StartAsync(
        AppFactory factory, HostSettings settings, OpsSources sources, CancellationToken cancellationToken)
    {
        if (settings.OpsUrls is null && settings.IsDevelopment)
        {
            return null;
        }

        var app = OpsApp.Build(factory.CreateBuilder(), settings.OpsUrls ?? [ProductionUrl], sources);
        try
        {
            await app.StartAsync(cancellationToken);
            return app;
        }
        // Nobody has asked for this address: another process of the product on the same machine has it, and money goes before metrics.
        catch (IOException fault) when (settings.OpsUrls is null)
        {
            LogTaken(app.Logger, ProductionUrl, fault.Message);
            await app.DisposeAsync();
            return null;
        }
    }

    [LoggerMessage(LogIds.OpsListenerTaken, LogLevel.Warning, "Operations are not served: {Url} can't be had ({Reason}). Name another address in OPS_URLS")]
    private static partial void LogTaken(ILogger logger, string url, string reason);
}
