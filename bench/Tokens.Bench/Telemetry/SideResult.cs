namespace Tokens.Bench.Telemetry;

/// <summary>What was measured at one side.</summary>
/// <param name="Name">How the report calls it.</param>
/// <param name="Turns">In the order of the rounds.</param>
/// <param name="TraceBytes">Bytes of exported traces, warm-up included.</param>
internal sealed record SideResult(string Name, IReadOnlyList<Turn> Turns, long TraceBytes);
