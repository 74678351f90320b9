namespace Tokens.Bench.Objectives;

/// <summary>A kill and what came after it.</summary>
/// <param name="UntilReadyMs">From the kill until the product said that it was ready.</param>
/// <param name="FirstTipMs">How long the first tip took then.</param>
internal sealed record Restart(double UntilReadyMs, double FirstTipMs);
