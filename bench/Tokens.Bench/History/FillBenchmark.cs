using System.Diagnostics;
using Npgsql;
using Tokens.Bench.Figures;
using Tokens.Bench.Processes;
using Tokens.Bench.Products;
using Tokens.Bench.Reports;
using Tokens.Bench.Settings;
using Tokens.Platform.Time;

namespace Tokens.Bench.History;

/// <summary>The verb <c>fill</c>.</summary>
internal static class FillBenchmark
{
    private const string Database = "tokens";
    private const int Members = 1_000;

    /// <summary>0, or 1 when something failed or a figure missed its bound.</summary>
    internal static async Task<int> RunAsync(FillOptions options, Servers servers, CancellationToken cancellationToken)
    {
        var machine = await Machine.ReadAsync(servers, cancellationToken);
        await servers.CreateDatabaseAsync(Database, cancellationToken);
        var signIns = new SignIns();
        await using var product = await RunningProduct.StartAsync(servers, Database, signIns.Secret, cancellationToken);
        try
        {
            var outcome = await MeasureAsync(options, servers, machine, signIns, product, cancellationToken);
            await Results.KeepAsync(servers, "fill", FillReport.Of(outcome), outcome, cancellationToken);
            return BenchResult.ExitCode(outcome.Faults, outcome.Figures);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The product said last:\n{product.LastLines()}\n\n{fault}");
            return 1;
        }
    }

    private static async Task<FillOutcome> MeasureAsync(
        FillOptions options, Servers servers, Machine machine, SignIns signIns, RunningProduct product, CancellationToken cancellationToken)
    {
        var end = TimeProvider.System.UtcNow();
        var ledger = new PastLedger(options.AccountTransfers, options.Transfers, end);
        var started = Stopwatch.GetTimestamp();
        await LedgerLoad.RunAsync(ledger, servers.ConnectionString(Database), cancellationToken);
        var loadSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.Error.WriteLine($"loaded in {loadSeconds:N0} s");

        using var admin = new Admin(product.Gateway, signIns.NewAdmin());
        using var reader = new PageReader(product.Gateway, signIns.Of(ledger.Account.Id));
        // The account itself is tipped too: its history grows while it is read.
        var cast = await Cast.MakeAsync(admin, signIns, Members, [ledger.Account.Id], servers.WorkDirectory, cancellationToken);
        var history = HistoryPage.Of(options.AccountTransfers, end);
        var pagesAtRest = await reader.ReadAsync(history, options.WarmUps, options.Repeats, cancellationToken);
        Console.Error.WriteLine("pages read at rest");
        var tips = new TipsMeanwhile(product.Gateway, cast.Files, options.Connections, cancellationToken);
        var pages = await reader.ReadAsync(history, warmUps: 0, options.Repeats, cancellationToken);
        Console.Error.WriteLine("pages read");
        started = Stopwatch.GetTimestamp();
        var verification = await admin.VerifyAsync(cancellationToken);
        var verificationSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.Error.WriteLine($"verified in {verificationSeconds:N0} s");
        var stretches = await tips.EndAsync();
        var atRest = await admin.VerifyAsync(cancellationToken);

        var outcome = new FillOutcome
        {
            Machine = machine,
            Options = options,
            LoadSeconds = loadSeconds,
            TransfersBytes = await TransfersBytesAsync(servers, cancellationToken),
            PagesAtRest = pagesAtRest,
            Pages = pages,
            Verification = verification,
            VerificationSeconds = verificationSeconds,
            Tips = stretches,
            Usage = new ServerProcesses(product.ProcessId, servers.PostgresProcessId, servers.RedisProcessId).Read(),
            VerificationAtRest = atRest,
            Faults = [],
        };
        return outcome with { Faults = [.. FillFaults.Of(outcome, cast.Fans.Count)] };
    }

    private static async Task<long> TransfersBytesAsync(Servers servers, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(servers.ConnectionString(Database));
        await connection.OpenAsync(cancellationToken);
        await using var size = new NpgsqlCommand("SELECT pg_total_relation_size('wallet.transfers')", connection);
        return (long)(await size.ExecuteScalarAsync(cancellationToken))!;
    }
}
