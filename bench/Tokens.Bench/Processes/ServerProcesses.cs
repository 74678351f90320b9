using System.Globalization;

namespace Tokens.Bench.Processes;

/// <summary>The servers that are looked at before and after each case.</summary>
internal sealed class ServerProcesses(int productId, int postgresId, int redisId)
{
    internal IReadOnlyList<ProcessUsage> Read() =>
    [
        ProcessUsage.Of("product", ProcessFigures.Require(productId)),
        ProcessUsage.OfFamily("postgres", [ProcessFigures.Require(postgresId), .. Children(postgresId)]),
        ProcessUsage.Of("redis", ProcessFigures.Require(redisId)),
    ];

    private static IEnumerable<ProcessFigures> Children(int parentId) => Directory.EnumerateDirectories("/proc")
        .Select(directory => int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id) ? ProcessFigures.Read(id) : null)
        .OfType<ProcessFigures>()
        .Where(figures => figures.ParentId == parentId);
}
