using Tokens.Bench.Figures;
using Tokens.Bench.Reports;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Telemetry;

/// <summary>The verb <c>telemetry</c>: tips by turns at products that watch themselves more or less.</summary>
internal static class TelemetryBenchmark
{
    internal const string Off = "nothing watched";
    internal const string Sampled = "metrics, a trace of 100";
    internal const string Traced = "metrics, every trace";

    /// <summary>0, or 1 when something failed or a figure missed its bound.</summary>
    internal static async Task<int> RunAsync(TelemetryOptions options, Servers servers, CancellationToken cancellationToken)
    {
        var machine = await Machine.ReadAsync(servers, cancellationToken);
        await using var off = await Side.StartAsync(Off, "tokens_off", null, servers, cancellationToken);
        await using var sampled = await Side.StartAsync(Sampled, "tokens_sampled", "0.01", servers, cancellationToken);
        await using var traced = await Side.StartAsync(Traced, "tokens_traced", "1", servers, cancellationToken);
        Side[] sides = [off, sampled, traced];
        try
        {
            var outcome = await MeasureAsync(options, machine, sides, cancellationToken);
            await Results.KeepAsync(servers, "telemetry", TelemetryReport.Of(outcome), outcome, cancellationToken);
            return BenchResult.ExitCode(outcome.Faults, outcome.Figures);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{string.Concat(sides.Select(side => $"{side.Name} said last:\n{side.LastLines()}\n"))}\n{fault}");
            return 1;
        }
    }

    private static async Task<TelemetryOutcome> MeasureAsync(
        TelemetryOptions options, Machine machine, Side[] sides, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        if (options.WarmUpSeconds > 0)
        {
            foreach (var side in sides)
            {
                await side.WarmUpAsync(options.Connections, options.WarmUpSeconds, faults, cancellationToken);
            }
        }

        for (var round = 1; round <= options.Rounds; round++)
        {
            // Whoever goes first meets the machine as the round before left it.
            foreach (var side in round % 2 == 0 ? Enumerable.Reverse(sides) : sides)
            {
                var turn = await side.TakeTurnAsync(options.Connections, options.Seconds, faults, cancellationToken);
                Console.Error.WriteLine($"round {round}: {side.Name}: {turn.PerSecond:N0} a second, {turn.CpuMicroseconds:N0} µs each");
            }
        }

        foreach (var side in sides)
        {
            faults.AddRange(await side.CheckAsync(cancellationToken));
        }

        return new TelemetryOutcome
        {
            Machine = machine,
            Options = options,
            Sides = [.. sides.Select(side => side.Result)],
            Faults = faults,
        };
    }
}
