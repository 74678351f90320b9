namespace Tokens.Bench.Telemetry;

/// <summary>One side's turn in a round.</summary>
/// <param name="PerSecond">Tips answered a second.</param>
/// <param name="CpuMicroseconds">Processor time of the product a tip, which the machine's other guests disturb least.</param>
internal sealed record Turn(double PerSecond, double CpuMicroseconds);
