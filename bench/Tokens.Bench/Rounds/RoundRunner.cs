using System.Diagnostics;
using Tokens.Bench.Load;
using Tokens.Bench.Processes;
using Tokens.Bench.Products;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Rounds;

/// <summary>Lets all cases take their turn, so that whatever the machine is doing meets all of them.</summary>
internal sealed class RoundRunner(IReadOnlyList<Case> cases, ServerProcesses servers, Allocations allocations, TipCount tips, RunOptions options, List<string> faults)
{
    internal async Task<IReadOnlyList<CaseResult>> RunAsync(int round, CancellationToken cancellationToken)
    {
        var results = new List<CaseResult>();
        foreach (var each in cases)
        {
            await WarmUpAsync(each, cancellationToken);
            var result = await MeasureAsync(each, round, cancellationToken);
            results.Add(result);
            Console.Error.WriteLine($"round {round}: {each.Name}: {result.Load.PerSecond:N0} a second");
        }

        return results;
    }

    /// <summary>Each case once, not measured: code is compiled and caches are filled in the first round as in the last.</summary>
    internal async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        foreach (var each in cases)
        {
            await WarmUpAsync(each, cancellationToken);
        }
    }

    private async Task WarmUpAsync(Case each, CancellationToken cancellationToken)
    {
        if (options.WarmUpSeconds > 0)
        {
            await each.PrepareAsync(options.WarmUpSeconds, cancellationToken);
            await CheckAsync(each, await each.RunAsync(options.WarmUpSeconds, cancellationToken), cancellationToken);
        }
    }

    private async Task<CaseResult> MeasureAsync(Case each, int round, CancellationToken cancellationToken)
    {
        await each.PrepareAsync(options.Seconds, cancellationToken);
        var allocated = await allocations.ReadAsync(cancellationToken);
        var (started, busy, before) = (Stopwatch.GetTimestamp(), MachineCpu.BusySeconds(), servers.Read());
        var load = await each.RunAsync(options.Seconds, cancellationToken);
        ProcessUsage[] usage = [.. servers.Read().Zip(before, (after, earlier) => after.Since(earlier)), load.Generator!];
        var others = MachineCpu.BusySeconds() - busy - usage.Sum(process => process.CpuSeconds);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        allocated = await allocations.ReadAsync(cancellationToken) - allocated;
        await CheckAsync(each, load, cancellationToken);
        if (load.Requests == 0)
        {
            faults.Add($"{each.Name}: nothing was answered in round {round}.");
        }

        return new CaseResult(each.Name, round, load, usage, allocated, Math.Max(0, others), seconds);
    }

    private async Task CheckAsync(Case each, LoadResult load, CancellationToken cancellationToken)
    {
        if (load.FaultOf(each.Name) is { } refused)
        {
            faults.Add(refused);
        }

        if (each.TipsInFlightMax is { } inFlight
            && await tips.CheckAsync(each.Name, load, inFlight, cancellationToken) is { } fault)
        {
            faults.Add(fault);
        }
    }
}
