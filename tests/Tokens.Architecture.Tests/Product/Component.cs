namespace Tokens.Architecture.Tests.Product;

/// <summary>A project under src, as its project file and its assembly describe it.</summary>
internal sealed record Component(string Name, ComponentKind Kind)
{
    /// <summary>Path of the project's folder from the repository's root, with forward slashes.</summary>
    internal string Folder { get; init; } = "";

    /// <summary>Simple names of the assemblies that the compiled one refers to.</summary>
    internal IReadOnlyList<string> Assemblies { get; init; } = [];

    internal IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>NuGet packages and shared frameworks.</summary>
    internal IReadOnlyList<string> Packages { get; init; } = [];

    internal IReadOnlyList<TypeShape> Types { get; init; } = [];

    /// <summary>"Wallet" for Tokens.Wallet and Tokens.Wallet.Contracts.</summary>
    internal string Module => Name.Split('.')[1];

    /// <summary>Other components that this one knows, whether the compiler needed them or not.</summary>
    internal IEnumerable<string> KnownComponents => Assemblies.Where(IsOurs).Concat(Projects).Distinct(StringComparer.Ordinal);

    internal static bool IsOurs(string assembly) => assembly.StartsWith("Tokens.", StringComparison.Ordinal);
}
