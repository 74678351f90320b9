namespace Tokens.Bench.Settings;

/// <summary>Options of <c>overload</c>.</summary>
internal sealed record OverloadOptions(int Connections, int Fold, int Seconds, int Probes) : BenchOptions
{
    /// <summary>Connections of the crowd.</summary>
    internal int CrowdConnections => Connections * Fold;

    internal static OverloadOptions Read(OptionReader options)
    {
        var read = new OverloadOptions(
            options.Number("--connections", 1_000, 2, 2_000),
            options.Number("--fold", 5, 2, 8),
            options.Number("--seconds", 30, 5, 600),
            options.Number("--probes", 50, 1, 1_000));
        options.End();
        return read;
    }
}
