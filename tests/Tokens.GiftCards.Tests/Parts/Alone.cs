namespace Tokens.GiftCards.Tests.Parts;

/// <summary>Tests in this collection measure time, so nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
