namespace Tokens.Platform.Caching;

/// <summary>
/// A moment in the life of a cache, taken before a transaction begins or a figure is read. A figure that is written under it can't
/// outlive what the cache has forgotten since.
/// </summary>
public readonly record struct CacheMoment
{
    internal CacheMoment(byte[]? generation) => Generation = generation;

    internal byte[]? Generation { get; }
}
