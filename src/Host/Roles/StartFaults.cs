using Microsoft.Extensions.Options;

namespace Tokens.Host.Roles;

/// <summary>Tells what an operator can mend (settings, ports, a directory in use) from a bug.</summary>
internal static class StartFaults
{
    internal static bool Covers(Exception fault) => fault
        is SettingsException or OptionsValidationException or IOException or FormatException or UnauthorizedAccessException
        or InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" };
}
