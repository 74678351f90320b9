namespace Tokens.Bench.Objectives;

/// <summary>Milliseconds of a member's calls in one round.</summary>
/// <param name="Calm">Without slow clients.</param>
/// <param name="Beside">Beside each kind of them, by its name.</param>
internal sealed record BesideSlowClients(IReadOnlyList<double> Calm, IReadOnlyDictionary<string, IReadOnlyList<double>> Beside);
