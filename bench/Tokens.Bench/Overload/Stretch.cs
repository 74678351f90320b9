namespace Tokens.Bench.Overload;

/// <summary>Some seconds after the crowd.</summary>
/// <param name="EndsAtSeconds">Their end, since the crowd's.</param>
/// <param name="PerSecond">Tips a second in them.</param>
internal sealed record Stretch(double EndsAtSeconds, double PerSecond);
