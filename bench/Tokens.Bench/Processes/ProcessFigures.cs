using System.Globalization;

namespace Tokens.Bench.Processes;

/// <summary>What Linux says about a process in <c>/proc</c>.</summary>
/// <param name="ParentId">Who started it.</param>
/// <param name="CpuSeconds">Processor time of its own, user and kernel.</param>
/// <param name="ReapedCpuSeconds">The same of its children that have ended.</param>
/// <param name="ResidentBytes">VmRSS.</param>
/// <param name="ResidentPeakBytes">VmHWM: the most since its start.</param>
/// <param name="SharedBytes">The part of VmRSS that other processes may share: files and shared memory.</param>
internal sealed record ProcessFigures(
    int ParentId, double CpuSeconds, double ReapedCpuSeconds, long ResidentBytes, long ResidentPeakBytes, long SharedBytes)
{
    // USER_HZ, which Linux keeps at 100 for programs whatever the kernel's own tick is.
    private const double TicksPerSecond = 100;

    /// <summary>Null when the process has ended.</summary>
    internal static ProcessFigures? Read(int processId)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{processId}/stat"), File.ReadAllText($"/proc/{processId}/status"));
        }
        // A process that ends while it is read loses its directory, or its files answer ESRCH.
        catch (IOException)
        {
            return null;
        }
    }

    /// <exception cref="InvalidOperationException">The process has ended.</exception>
    internal static ProcessFigures Require(int processId) =>
        Read(processId) ?? throw new InvalidOperationException($"Process {processId} has ended.");

    internal static ProcessFigures Parse(string stat, string status)
    {
        // The name stands in brackets and may hold blanks and brackets itself.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessFigures(
            int.Parse(fields[1], CultureInfo.InvariantCulture),
            (Ticks(11) + Ticks(12)) / TicksPerSecond,
            (Ticks(13) + Ticks(14)) / TicksPerSecond,
            Kilobytes("VmRSS:") * 1024,
            Kilobytes("VmHWM:") * 1024,
            (Kilobytes("RssFile:") + Kilobytes("RssShmem:")) * 1024);

        double Ticks(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);

        // A process that has ended but isn't reaped yet has no memory lines.
        long Kilobytes(string name) => status.Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Select(line => long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture))
            .FirstOrDefault();
    }
}
