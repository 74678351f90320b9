using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.InteropServices;
using OpenTelemetry.Resources;
using Tokens.Host.Roles;

namespace Tokens.Host.Telemetry;

/// <summary>Which program this is.</summary>
internal static class BuildInformation
{
    internal const string MeterName = "Tokens.Build";
    private const string ServiceName = "tokens";

    private static readonly string Version =
        typeof(BuildInformation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>A gauge that is 1 and carries it as tags.</summary>
    internal static Meter Tell()
    {
        var meter = new Meter(MeterName);
        KeyValuePair<string, object?>[] tags =
            [new("version", Version), new("runtime", RuntimeInformation.FrameworkDescription), new("architecture", RuntimeInformation.ProcessArchitecture.ToString())];
        meter.CreateObservableGauge("tokens.build.info", () => new Measurement<int>(1, tags), unit: null, "The program that runs; always 1.");
        return meter;
    }

    // Names from the standard variables, if there are any, are added after these and win.
    internal static void Describe(ResourceBuilder resource, HostSettings settings) => resource
        .AddService(ServiceName, serviceVersion: Version)
        .AddAttributes([new("deployment.environment.name", settings.Environment), new("tokens.roles", settings.Roles.ToString())])
        .AddEnvironmentVariableDetector();
}
