using Tokens.Bench.Load;

namespace Tokens.Bench.Rounds;

/// <summary>One kind of load.</summary>
/// <param name="Name">One of <see cref="CaseNames"/>.</param>
/// <param name="TipsInFlightMax">How many tips can be under way at a run's end; null where nothing is tipped.</param>
/// <param name="RunAsync">Puts the load on for so many seconds.</param>
internal sealed record Case(string Name, int? TipsInFlightMax, Func<int, CancellationToken, Task<LoadResult>> RunAsync)
{
    /// <summary>Makes what a load of so many seconds uses up; not measured.</summary>
    internal Func<int, CancellationToken, Task> PrepareAsync { get; init; } = (_, _) => Task.CompletedTask;
}
