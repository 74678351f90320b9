using Tokens.Bench.Load;
using Tokens.Bench.Processes;

namespace Tokens.Bench.Rounds;

/// <summary>One case in one round.</summary>
/// <param name="Usage">What the servers and the load generator used meanwhile.</param>
/// <param name="AllocatedBytes">What the product allocated on its heap meanwhile, collected or not.</param>
/// <param name="OthersCpuSeconds">Processor time that went to anybody else on the machine.</param>
/// <param name="Seconds">How long it took, start and end of the load generator included.</param>
internal sealed record CaseResult(
    string Case, int Round, LoadResult Load, IReadOnlyList<ProcessUsage> Usage, double AllocatedBytes, double OthersCpuSeconds, double Seconds);
