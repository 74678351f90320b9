namespace Tokens.Platform.Caching;

/// <summary>A number that stands for somebody, as of a version.</summary>
/// <param name="Id">Whose it is.</param>
/// <param name="Version">Grows with every change; 0 for what was never changed.</param>
/// <param name="Value">The number.</param>
public readonly record struct Figure(Guid Id, long Version, long Value);

/// <summary>A figure and where it came from.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="IsCached">Whether the cache knew it; otherwise it was loaded now.</param>
public readonly record struct CachedFigure(Figure Figure, bool IsCached);
