namespace Tokens.Bench.Objectives;

/// <summary>A requirement with a fixed bound instead of a ratio, for every machine that is fit for the product.</summary>
/// <param name="Name">One of <see cref="ObjectiveNames"/>.</param>
/// <param name="MeasureAsync">Measures it on a product of its own.</param>
internal sealed record Objective(string Name, Func<CancellationToken, Task<ObjectiveResult>> MeasureAsync);
