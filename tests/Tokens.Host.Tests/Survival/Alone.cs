namespace Tokens.Host.Tests.Survival;

/// <summary>Tests in this collection measure time and fill the machine, so nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
