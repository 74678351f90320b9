using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Tokens.Host.Telemetry;

/// <summary>Section <c>Telemetry</c>; where traces go and how many is said by the standard variables <c>OTEL_…</c>.</summary>
internal sealed class TelemetryOptions
{
    internal const string Section = "Telemetry";

    /// <summary>Whether anything is measured; off only to see what measuring costs.</summary>
    public bool Metrics { get; set; } = true;

    /// <summary>Combinations of tags that are kept of one instrument, 100 to 10,000; what is beyond them is counted together.</summary>
    [Range(100, 10_000)]
    public int TagSetsMax { get; set; } = 1_000;

    /// <exception cref="OptionsValidationException">A value is out of its range.</exception>
    internal static TelemetryOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<TelemetryOptions>() ?? new TelemetryOptions();
        var result = new DataAnnotationValidateOptions<TelemetryOptions>(name: null).Validate(name: null, options);
        return result.Failed ? throw new OptionsValidationException(Section, typeof(TelemetryOptions), result.Failures) : options;
    }
}
