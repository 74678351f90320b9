using System.ComponentModel.DataAnnotations;

namespace Tokens.Platform.Telemetry;

/// <summary>Section <c>Figures</c>: metrics that only a query gives.</summary>
public sealed class FigureOptions
{
    /// <summary>Seconds between two readings, 1 to 300.</summary>
    [Range(1, 300)]
    public int PauseSeconds { get; set; } = 15;
}
