using System.Runtime.InteropServices;
using Tokens.Bench.History;
using Tokens.Bench.Objectives;
using Tokens.Bench.Overload;
using Tokens.Bench.Pieces;
using Tokens.Bench.Rounds;
using Tokens.Bench.Settings;
using Tokens.Bench.Telemetry;

// Started by bench.sh, which says in the environment where the servers are.
using var ended = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);

try
{
    switch (BenchOptions.Parse(args))
    {
        case EverythingOptions options:
            return await EverythingAsync(options, Servers.FromEnvironment());
        case RunOptions options:
            return await RunBenchmark.RunAsync(options, Servers.FromEnvironment(), ended.Token);
        case ObjectivesOptions options:
            return await ObjectivesBenchmark.RunAsync(options, Servers.FromEnvironment(), ended.Token);
        case FillOptions options:
            return await FillBenchmark.RunAsync(options, Servers.FromEnvironment(), ended.Token);
        case OverloadOptions options:
            return await OverloadBenchmark.RunAsync(options, Servers.FromEnvironment(), ended.Token);
        case TelemetryOptions options:
            return await TelemetryBenchmark.RunAsync(options, Servers.FromEnvironment(), ended.Token);
        case PiecesOptions:
            return PiecesBenchmark.Run(Servers.FromEnvironment());
        default:
            Console.WriteLine(BenchOptions.Usage);
            return 0;
    }
}
catch (OptionException fault)
{
    await Console.Error.WriteLineAsync($"{fault.Message}\n\n{BenchOptions.Usage}");
    return 2;
}
catch (OperationCanceledException) when (ended.IsCancellationRequested)
{
    return 130;
}

async Task<int> EverythingAsync(EverythingOptions options, Servers servers)
{
    var run = options.Run.CoversAny ? await RunBenchmark.RunAsync(options.Run, servers, ended.Token) : 0;
    var objectives = options.Objectives.CoversAny ? await ObjectivesBenchmark.RunAsync(options.Objectives, servers, ended.Token) : 0;
    return Math.Max(run, objectives);
}

void End(PosixSignalContext context)
{
    context.Cancel = true;
    ended.Cancel();
}
