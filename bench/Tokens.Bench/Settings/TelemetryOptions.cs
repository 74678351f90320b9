namespace Tokens.Bench.Settings;

/// <summary>Options of <c>telemetry</c>.</summary>
internal sealed record TelemetryOptions(int Rounds, int Seconds, int WarmUpSeconds, int Connections) : BenchOptions
{
    internal static TelemetryOptions Read(OptionReader options)
    {
        var read = new TelemetryOptions(
            options.Number("--rounds", 10, 1, 100),
            options.Number("--seconds", 5, 1, 600),
            options.Number("--warm-up", 20, 0, 120),
            options.Number("--connections", 256, 1, 1_000));
        options.End();
        return read;
    }
}
