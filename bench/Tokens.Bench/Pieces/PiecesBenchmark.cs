using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Pieces;

/// <summary>The verb <c>pieces</c>: time and allocations of what each tip costs in memory, one by one.</summary>
internal static class PiecesBenchmark
{
    /// <summary>0, or 1 when a piece couldn't be measured.</summary>
    internal static int Run(Servers servers)
    {
        // In this process: the library would otherwise build a project of its own for each piece.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(MarkdownExporter.GitHub)
            .WithArtifactsPath(servers.ResultsDirectory);
        var summaries = BenchmarkRunner.Run([typeof(RequestPieces), typeof(PostingPieces)], config);
        return summaries.All(summary => summary.Reports.Length > 0 && summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
