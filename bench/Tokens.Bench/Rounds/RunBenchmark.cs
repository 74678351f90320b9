using Npgsql;
using Tokens.Bench.Figures;
using Tokens.Bench.Load;
using Tokens.Bench.Postings;
using Tokens.Bench.Processes;
using Tokens.Bench.Products;
using Tokens.Bench.Reports;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Rounds;

/// <summary>The verb <c>run</c>.</summary>
internal static class RunBenchmark
{
    private const string Database = "tokens";
    private const int CacheSamples = 20;

    /// <summary>0, or 1 when something failed or a figure missed its bound.</summary>
    internal static async Task<int> RunAsync(RunOptions options, Servers servers, CancellationToken cancellationToken)
    {
        var machine = await Machine.ReadAsync(servers, cancellationToken);
        await servers.CreateDatabaseAsync(Database, cancellationToken);
        var signIns = new SignIns();
        await using var product = await RunningProduct.StartAsync(servers, Database, signIns.Secret, cancellationToken);
        try
        {
            var outcome = await MeasureAsync(options, servers, machine, signIns, product, cancellationToken);
            await Results.KeepAsync(servers, "run", RunReport.Of(outcome), outcome, cancellationToken);
            return BenchResult.ExitCode(outcome.Faults, outcome.Figures);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The product said last:\n{product.LastLines()}\n\n{fault}");
            return 1;
        }
    }

    private static async Task<RunOutcome> MeasureAsync(
        RunOptions options, Servers servers, Machine machine, SignIns signIns, RunningProduct product, CancellationToken cancellationToken)
    {
        using var admin = new Admin(product.Gateway, signIns.NewAdmin());
        var cast = await Cast.MakeAsync(admin, signIns, options.Members, [], servers.WorkDirectory, cancellationToken);
        var raw = await SixStatements.PrepareAsync(servers, options.Members, cancellationToken);
        await using var batches = await BatchesOfOne.PrepareAsync(servers, cancellationToken);
        await using var source = NpgsqlDataSource.Create(servers.ConnectionString(Database));
        var tips = new TipCount(source, cast.Fans);
        var (faults, rounds, postings, cached) =
            (new List<string>(), new List<IReadOnlyList<CaseResult>>(), new List<PostingTimes>(), new List<bool>());
        var processes = new ServerProcesses(product.ProcessId, servers.PostgresProcessId, servers.RedisProcessId);
        using var allocations = new Allocations(product.Api);
        // The first fan buys what all the others redeem.
        var codes = new GiftCardCodes(product.Gateway, cast.Fans[0], Path.Combine(servers.WorkDirectory, "codes"));
        Case[] cases = [.. Cases.Of(product, cast, codes, raw).Where(each => options.Covers(each.Name))];
        var runner = new RoundRunner(cases, processes, allocations, tips, options, faults);

        await runner.WarmUpAsync(cancellationToken);
        for (var round = 1; round <= options.Rounds; round++)
        {
            rounds.Add(await runner.RunAsync(round, cancellationToken));
            postings.Add(await batches.RunAsync(options.Postings, cancellationToken));
            foreach (var fan in cast.Fans.Take(CacheSamples))
            {
                cached.Add(await admin.IsBalanceCachedAsync(fan, cancellationToken));
            }
        }

        // Each fan's first balance is a transfer too.
        var transfers = cast.Fans.Count + await tips.SettleAsync(cancellationToken)
            + await new GiftCardCount(source).SettleAsync(cancellationToken);
        var verification = await admin.VerifyAsync(cancellationToken);
        if (verification.FaultOf(transfers) is { } fault)
        {
            faults.Add(fault);
        }

        return new RunOutcome
        {
            Machine = machine,
            Options = options,
            Rounds = rounds,
            Postings = postings,
            Figures = FiguresOfRun.Of(rounds, postings),
            CachedShare = cached.Count(each => each) / (double)cached.Count,
            Verification = verification,
            Faults = faults,
        };
    }
}
