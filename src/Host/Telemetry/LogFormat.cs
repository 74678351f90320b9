using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace Tokens.Host.Telemetry;

/// <summary>How messages look on the console: for people in Development, a line of JSON each elsewhere, unless the settings say otherwise.</summary>
internal static class LogFormat
{
    private const string Setting = "Logging:Console:FormatterName";

    internal static void AddLogFormat(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
        if (!builder.Environment.IsDevelopment() && string.IsNullOrWhiteSpace(builder.Configuration[Setting]))
        {
            builder.Configuration[Setting] = JsonLines.FormatterName;
        }
    }
}
