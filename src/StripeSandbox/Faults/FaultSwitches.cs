using Tokens.StripeSandbox.Switches;

namespace Tokens.StripeSandbox.Faults;

/// <summary>
/// What goes wrong on <c>/v1</c> on purpose. A rate is a share of requests, 0 to 1; times are milliseconds, waited before the work.
/// The five rates beside <see cref="StallRate"/> share one draw, so each is exact while their sum is at most 1.
/// </summary>
internal sealed record FaultSwitches : ISwitches
{
    internal static readonly FaultSwitches Off = new();

    static string ISwitches.Name => "faults";

    public int LatencyMs { get; init; }

    public double StallRate { get; init; }

    public int StallMs { get; init; }

    public double ErrorRate { get; init; }

    public double ErrorAfterEffectRate { get; init; }

    public double RateLimitRate { get; init; }

    public double LostReplyRate { get; init; }

    public double DropConnectionRate { get; init; }

    internal static FaultSwitches Read(SwitchReader reader, SandboxOptions limits) => new()
    {
        LatencyMs = reader.WholeNumber("latencyMs", limits.MaxFaultMilliseconds),
        StallRate = reader.Rate("stallRate"),
        StallMs = reader.WholeNumber("stallMs", limits.MaxFaultMilliseconds),
        ErrorRate = reader.Rate("errorRate"),
        ErrorAfterEffectRate = reader.Rate("errorAfterEffectRate"),
        RateLimitRate = reader.Rate("rateLimitRate"),
        LostReplyRate = reader.Rate("lostReplyRate"),
        DropConnectionRate = reader.Rate("dropConnectionRate"),
    };
}
