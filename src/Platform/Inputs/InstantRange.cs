namespace Tokens.Platform.Inputs;

/// <summary>A range of time in UTC, open at a side whose end is null.</summary>
/// <param name="From">The first instant in the range.</param>
/// <param name="To">The first instant after the range; later than <paramref name="From"/>.</param>
public readonly record struct InstantRange(DateTime? From, DateTime? To);
