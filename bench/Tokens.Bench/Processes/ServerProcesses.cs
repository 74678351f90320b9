using System.Globalization;

namespace Tokens.Bench.Processes;

/// <summary>The servers that are looked at before and after each case.</summary>
internal sealed class ServerProcesses(int productId, int postgresId, int redisId)
{
    internal IReadOnlyList<ProcessUsage> Read() =>
    [
        ProcessUsage.Of("product", Require(productId)),
        ProcessUsage.OfFamily("postgres", [Require(postgresId), .. Children(postgresId)]),
        ProcessUsage.Of("redis", Require(redisId)),
    ];

    private static ProcessFigures Require(int processId) =>
        ProcessFigures.Read(processId) ?? throw new InvalidOperationException($"Process {processId} has ended.");

    private static IEnumerable<ProcessFigures> Children(int parentId) => Directory.EnumerateDirectories("/proc")
        .Select(directory => int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id) ? ProcessFigures.Read(id) : null)
        .OfType<ProcessFigures>()
        .Where(figures => figures.ParentId == parentId);
}
