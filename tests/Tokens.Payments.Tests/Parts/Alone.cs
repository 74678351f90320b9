namespace Tokens.Payments.Tests.Parts;

/// <summary>What these tests see depends on how soon an answer is taken, so nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
