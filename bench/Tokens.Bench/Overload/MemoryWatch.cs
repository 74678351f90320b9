using Tokens.Bench.Processes;

namespace Tokens.Bench.Overload;

/// <summary>Reads a process's resident memory every second.</summary>
internal static class MemoryWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>VmRSS in bytes, a value a second, until <paramref name="end"/> is cancelled or the process has ended.</summary>
    internal static async Task<IReadOnlyList<long>> RunAsync(int processId, CancellationToken end)
    {
        var values = new List<long>();
        using var clock = new PeriodicTimer(Pause, TimeProvider.System);
        try
        {
            while (await clock.WaitForNextTickAsync(end) && ProcessFigures.Read(processId) is { } figures)
            {
                values.Add(figures.ResidentBytes);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
        }

        return values;
    }
}
