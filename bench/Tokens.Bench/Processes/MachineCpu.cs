using System.Globalization;

namespace Tokens.Bench.Processes;

/// <summary>How busy the whole machine is, by <c>/proc/stat</c>.</summary>
internal static class MachineCpu
{
    // USER_HZ, as in ProcessFigures.
    private const double TicksPerSecond = 100;
    private const int Idle = 3;
    private const int WaitsForDisk = 4;
    private const int Counted = 8;

    /// <summary>Seconds that all processors together have been busy since the machine's start.</summary>
    internal static double BusySeconds() => Parse(File.ReadLines("/proc/stat").First());

    /// <param name="line">Its first line: <c>cpu user nice system idle iowait irq softirq steal guest guest_nice</c>.</param>
    internal static double Parse(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
        // Guests' time is in user's already.
        .Take(Counted)
        .Where((_, i) => i is not (Idle or WaitsForDisk))
        .Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond;
}
