using System.ComponentModel.DataAnnotations;

namespace Tokens.Platform.Switches;

/// <summary>Section <c>Switches</c>: what is off, whatever is turned at run time.</summary>
public sealed class SwitchOptions
{
    /// <summary>Names of the switches that are off, comma-separated; empty by default. A name that no switch has stops the start.</summary>
    public string Off { get; set; } = "";

    /// <summary>Milliseconds between two looks at what another host has turned, 100 to 60,000.</summary>
    [Range(100, 60_000)]
    public int PollMilliseconds { get; set; } = 1_000;

    /// <summary>Seconds after which clients are told to ask again, 1 to 3,600.</summary>
    [Range(1, 3_600)]
    public int RetryAfterSeconds { get; set; } = 60;

    internal string[] Names => Off.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
