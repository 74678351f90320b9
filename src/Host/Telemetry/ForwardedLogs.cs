namespace Tokens.Host.Telemetry;

/// <summary>Hands the messages of a role's application on to the process's one exporter of logs.</summary>
internal sealed class ForwardedLogs(ILoggerFactory process) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => process.CreateLogger(categoryName);

    public void Dispose()
    {
        // The exporter outlives every application: it belongs to the process.
    }
}
