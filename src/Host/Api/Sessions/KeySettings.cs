using Tokens.Host.Roles;

namespace Tokens.Host.Api.Sessions;

/// <summary>Reads <c>DATA_PROTECTION_KEY</c>.</summary>
internal static class KeySettings
{
    private const string Variable = "DATA_PROTECTION_KEY";
    private const int LengthMin = 32;

    /// <summary>The secrets under which session keys are stored, the first of which encrypts; none in Development makes one.</summary>
    internal static IReadOnlyList<string> From(IConfiguration configuration)
    {
        var secrets = (configuration[Variable] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.TrueForAll(secrets, secret => secret.Length >= LengthMin)
            ? secrets
            : throw new SettingsException($"{Variable}: each key needs at least {LengthMin} characters.");
    }
}
