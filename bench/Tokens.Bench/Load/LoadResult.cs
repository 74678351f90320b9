using Tokens.Bench.Processes;

namespace Tokens.Bench.Load;

/// <summary>What a load generator saw in one run.</summary>
/// <param name="Requests">Requests answered, or transactions committed.</param>
/// <param name="PerSecond">The same a second.</param>
/// <param name="P50Ms">Half were answered within so many milliseconds; null where the generator doesn't say.</param>
/// <param name="P99Ms">99 of a hundred were.</param>
/// <param name="Refused">Of the requests: answered 4xx or 5xx, or transactions that failed.</param>
/// <param name="Broken">Connections that failed, and requests without an answer in time.</param>
internal sealed record LoadResult(long Requests, double PerSecond, double? P50Ms, double? P99Ms, long Refused, long Broken)
{
    internal long Succeeded => Requests - Refused;

    /// <summary>What is wrong, or null: every request was answered, and none refused.</summary>
    internal string? FaultOf(string name) =>
        Refused + Broken > 0 ? $"{name}: {Refused:N0} refused, {Broken:N0} without an answer." : null;

    /// <summary>What the idempotency keys of this run begin with, before a hyphen; null where it had none.</summary>
    internal string? Keys { get; init; }

    /// <summary>What the generator itself used.</summary>
    internal ProcessUsage? Generator { get; init; }
}
