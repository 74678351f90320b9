using Tokens.Platform.Problems;

namespace Tokens.Platform.Inputs;

/// <summary>A bound parameter that knows whether what the client sent was right.</summary>
public interface IBoundInput
{
    /// <summary>What is wrong with the request; null when nothing is.</summary>
    Problem? Problem { get; }
}
