namespace Tokens.Survival.Tests.Storms;

/// <summary>A storm fills the machine and measures time, so nothing else runs beside it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
