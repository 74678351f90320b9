namespace Tokens.Platform.Inputs;

/// <summary>What a route takes, read and checked field by field; the same reading describes the fields for OpenAPI.</summary>
/// <typeparam name="TSelf">The request itself.</typeparam>
public interface IInput<TSelf>
    where TSelf : IInput<TSelf>
{
    /// <summary>
    /// Reads every field once. A fault is recorded by the reader, which then hands back a default, so that one answer names all
    /// faults; so this must not fail on defaults.
    /// </summary>
    static abstract TSelf Read(InputReader input);
}
