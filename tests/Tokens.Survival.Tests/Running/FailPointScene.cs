namespace Tokens.Survival.Tests.Running;

/// <summary>What happens at one fail point.</summary>
/// <param name="Point">Where the process dies.</param>
/// <param name="Die">Leads it there.</param>
/// <param name="End">How it must end by itself.</param>
internal sealed record FailPointScene<TActor>(string Point, Func<TActor, Task> Die, Func<TActor, Task> End);
