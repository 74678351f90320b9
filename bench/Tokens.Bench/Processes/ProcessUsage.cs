namespace Tokens.Bench.Processes;

/// <summary>What one process, or a server with its children, used during a case.</summary>
/// <param name="Process">Its name.</param>
/// <param name="CpuSeconds">Processor time during the case.</param>
/// <param name="ResidentBytes">Resident memory at the case's end.</param>
/// <param name="ResidentPeakBytes">The most since the process started; of a server with children, its own and each child's present.</param>
internal sealed record ProcessUsage(string Process, double CpuSeconds, long ResidentBytes, long ResidentPeakBytes)
{
    /// <summary>What was used since <paramref name="before"/>.</summary>
    internal ProcessUsage Since(ProcessUsage before) => this with { CpuSeconds = CpuSeconds - before.CpuSeconds };

    internal static ProcessUsage Of(string name, ProcessFigures figures) =>
        new(name, figures.CpuSeconds, figures.ResidentBytes, figures.ResidentPeakBytes);

    /// <summary>A server and its children. What they may share is counted once, as the largest has it.</summary>
    internal static ProcessUsage OfFamily(string name, IReadOnlyList<ProcessFigures> family) => new(
        name,
        family.Sum(each => each.CpuSeconds) + family[0].ReapedCpuSeconds,
        family.Sum(each => each.ResidentBytes - each.SharedBytes) + family.Max(each => each.SharedBytes),
        family.Sum(each => each.ResidentPeakBytes - each.SharedBytes) + family.Max(each => each.SharedBytes));
}
