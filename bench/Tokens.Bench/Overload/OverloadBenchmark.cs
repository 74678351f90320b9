using System.Diagnostics;
using Npgsql;
using Tokens.Bench.Figures;
using Tokens.Bench.Load;
using Tokens.Bench.Products;
using Tokens.Bench.Reports;
using Tokens.Bench.Rounds;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Overload;

/// <summary>The verb <c>overload</c>.</summary>
internal static class OverloadBenchmark
{
    private const string Database = "tokens";
    private const int Members = 1_000;
    private const int WarmUpSeconds = 20;
    private const int BeforeSeconds = 5;
    private const int StretchSeconds = 2;
    private const int Stretches = 5;

    // All that a crowd may be told beside its answers.
    private static readonly int[] Expected = [200, 429, 503];

    /// <summary>0, or 1 when something failed or a figure missed its bound.</summary>
    internal static async Task<int> RunAsync(OverloadOptions options, Servers servers, CancellationToken cancellationToken)
    {
        var machine = await Machine.ReadAsync(servers, cancellationToken);
        await servers.CreateDatabaseAsync(Database, cancellationToken);
        var signIns = new SignIns();
        await using var product = await RunningProduct.StartAsync(servers, Database, signIns.Secret, cancellationToken);
        try
        {
            var outcome = await MeasureAsync(options, servers, machine, signIns, product, cancellationToken);
            await Results.KeepAsync(servers, "overload", OverloadReport.Of(outcome), outcome, cancellationToken);
            return BenchResult.ExitCode(outcome.Faults, outcome.Figures);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The product said last:\n{product.LastLines()}\n\n{fault}");
            return 1;
        }
    }

    private static async Task<OverloadOutcome> MeasureAsync(
        OverloadOptions options, Servers servers, Machine machine, SignIns signIns, RunningProduct product, CancellationToken cancellationToken)
    {
        using var admin = new Admin(product.Gateway, signIns.NewAdmin());
        var cast = await Cast.MakeAsync(admin, signIns, Members, [], servers.WorkDirectory, cancellationToken);
        await using var source = NpgsqlDataSource.Create(servers.ConnectionString(Database));
        var (tips, faults) = (new TipCount(source, cast.Fans), new List<string>());

        // The first run compiles what the others measure.
        await RunAsync("warm-up", options.Connections, WarmUpSeconds);
        var before = await RunAsync("before", options.Connections, BeforeSeconds);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var probing = new Probe(product.Gateway, cast).RunAsync(options.Probes, end.Token);
        var watching = MemoryWatch.RunAsync(product.ProcessId, end.Token);
        var crowd = await LoadAsync(options.CrowdConnections, options.Seconds);
        await end.CancelAsync();

        var (after, ended) = (new List<(Stretch Stretch, LoadResult Load)>(), Stopwatch.GetTimestamp());
        for (var i = 0; i < Stretches; i++)
        {
            var load = await LoadAsync(options.Connections, StretchSeconds);
            after.Add((new Stretch(Stopwatch.GetElapsedTime(ended).TotalSeconds, load.PerSecond), load));
        }

        // Counting in the ledger would have weighed on the stretches.
        foreach (var (_, load) in after)
        {
            await CheckAsync("after", load, options.Connections);
        }

        var (probe, keys) = await probing;
        await CheckAsync("crowd", crowd, options.CrowdConnections);
        await CheckAsync("probe", new LoadResult(probe.Count(areTaken: true), 0, null, null, 0, 0) { Keys = keys }, 0);
        if (crowd.Broken > 0 || probe.MsByStatus.Keys.Except(Expected).Any())
        {
            faults.Add($"{crowd.Broken:N0} of the crowd's calls broke; the probe was answered {string.Join(", ", probe.MsByStatus.Keys.Order())}.");
        }

        var transfers = cast.Fans.Count + await tips.SettleAsync(cancellationToken);
        var verification = await admin.VerifyAsync(cancellationToken);
        if (verification.FaultOf(transfers) is { } fault)
        {
            faults.Add(fault);
        }

        return new OverloadOutcome
        {
            Machine = machine,
            Options = options,
            Before = before,
            Crowd = crowd,
            Probe = probe,
            MemoryBytes = await watching,
            After = [.. after.Select(each => each.Stretch)],
            Deadlocks = await DeadlocksAsync(source, cancellationToken),
            Verification = verification,
            Faults = faults,
        };

        Task<LoadResult> LoadAsync(int connections, int seconds) =>
            Wrk.TipAsync(product.Gateway, connections, seconds, cast.Files, cast.Files.Creators, cancellationToken);

        async Task<LoadResult> RunAsync(string name, int connections, int seconds)
        {
            var load = await LoadAsync(connections, seconds);
            await CheckAsync(name, load, connections);
            return load;
        }

        async Task CheckAsync(string name, LoadResult load, int inFlightMax)
        {
            if (await tips.CheckAsync(name, load, inFlightMax, cancellationToken) is { } fault)
            {
                faults.Add(fault);
            }
        }
    }

    private static async Task<long> DeadlocksAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
