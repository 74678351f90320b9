namespace Tokens.Platform.Secrets;

/// <summary>A Data Protection key, its secret part encrypted.</summary>
internal sealed class StoredKey
{
    /// <summary>One more than that of the key before it.</summary>
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required string Xml { get; init; }

    public required DateTime CreatedAt { get; init; }
}
