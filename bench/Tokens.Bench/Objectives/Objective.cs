namespace Tokens.Bench.Objectives;

/// <summary>Something that must hold on any machine that is fit for the product, so it is held against a fixed bound and no ratio.</summary>
/// <param name="Name">One of <see cref="ObjectiveNames"/>.</param>
/// <param name="MeasureAsync">Measures it on a product of its own.</param>
internal sealed record Objective(string Name, Func<CancellationToken, Task<Findings>> MeasureAsync);
