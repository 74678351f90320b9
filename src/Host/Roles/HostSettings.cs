namespace Tokens.Host.Roles;

/// <summary>What the environment says about this process: its roles, addresses and neighbours.</summary>
internal sealed record HostSettings
{
    internal required string Environment { get; init; }

    internal required Role Roles { get; init; }

    internal required IReadOnlyList<string> GatewayUrls { get; init; }

    internal required IReadOnlyList<string> ApiUrls { get; init; }

    internal required IReadOnlyList<string> SandboxUrls { get; init; }

    /// <summary>Where operations are served; null for the default, which is the API's own listener in Development.</summary>
    internal IReadOnlyList<string>? OpsUrls { get; init; }

    /// <summary>API hosts that the gateway forwards to; empty means the API of this process.</summary>
    internal required IReadOnlyList<string> GatewayDestinations { get; init; }

    /// <summary>The application whose part this replaces: gets every other <c>/api/**</c>.</summary>
    internal string? LegacyApiUrl { get; init; }

    /// <summary>Serves every path outside the API.</summary>
    internal string? FrontendUpstream { get; init; }

    /// <summary>The front ends' origins; the first is used in links.</summary>
    internal required IReadOnlyList<string> FrontendOrigins { get; init; }

    /// <summary>The gateway's public address, if it differs from the one it listens on.</summary>
    internal string? BackendUrl { get; init; }

    internal required IReadOnlyList<string> TrustedProxies { get; init; }

    internal required IReadOnlyList<string> TrustedGateways { get; init; }

    /// <summary>Whether limits and locks apply; off in load tests only.</summary>
    internal required bool LimitsAreOn { get; init; }

    internal bool IsDevelopment => Environment == Environments.Development;

    internal bool Plays(Role role) => Roles.HasFlag(role);

    internal static HostSettings From(IConfiguration configuration, string environment)
    {
        var development = environment == Environments.Development;
        return new HostSettings
        {
            Environment = environment,
            Roles = ParseRoles(configuration["ROLES"] ?? (development ? "gateway,api,sandbox" : "gateway,api"), development),
            GatewayUrls = List(configuration["GATEWAY_URLS"] ?? "http://localhost:8080"),
            ApiUrls = List(configuration["API_URLS"] ?? "http://127.0.0.1:8081"),
            SandboxUrls = List(configuration["SANDBOX_URLS"] ?? "http://127.0.0.1:8082"),
            OpsUrls = Text(configuration["OPS_URLS"]) is { } ops ? List(ops) : null,
            GatewayDestinations = List(configuration["GATEWAY_DESTINATIONS"]),
            LegacyApiUrl = Text(configuration["LEGACY_API_URL"]),
            FrontendUpstream = Text(configuration["FRONTEND_UPSTREAM"]),
            FrontendOrigins = List(configuration["FRONTEND_URL"]),
            BackendUrl = Text(configuration["BACKEND_URL"]),
            TrustedProxies = List(configuration["TRUSTED_PROXIES"] ?? "127.0.0.0/8,::1"),
            TrustedGateways = List(configuration["TRUSTED_GATEWAYS"] ?? "127.0.0.0/8,::1"),
            LimitsAreOn = ParseLimits(Text(configuration["RATE_LIMITS"]), development),
        };
    }

    private static Role ParseRoles(string text, bool development)
    {
        var roles = Role.None;
        foreach (var name in List(text))
        {
            roles |= name.ToLowerInvariant() switch
            {
                "gateway" => Role.Gateway,
                "api" => Role.Api,
                "sandbox" when development => Role.Sandbox,
                "sandbox" => throw new SettingsException("ROLES: the sandbox plays Stripe and never runs outside Development."),
                _ => throw new SettingsException($"ROLES: '{name}' is no role; use gateway, api or sandbox, comma-separated."),
            };
        }

        return roles != Role.None ? roles : throw new SettingsException("ROLES: name at least one of gateway, api, sandbox.");
    }

    private static bool ParseLimits(string? text, bool development) => text?.ToLowerInvariant() switch
    {
        null or "on" => true,
        "off" when development => false,
        "off" => throw new SettingsException("RATE_LIMITS: limits are off in load tests only, never outside Development."),
        _ => throw new SettingsException($"RATE_LIMITS: '{text}' is neither on nor off."),
    };

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static string[] List(string? value) =>
        value?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
