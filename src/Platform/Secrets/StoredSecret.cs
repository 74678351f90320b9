namespace Tokens.Platform.Secrets;

/// <summary>A secret made once by the first process that needed it.</summary>
internal sealed class StoredSecret
{
    public required string Name { get; init; }

    public required byte[] Value { get; init; }

    public required DateTime CreatedAt { get; init; }
}
