using Tokens.Architecture.Tests.Product;

namespace Tokens.Architecture.Tests.Rules;

/// <summary>A class is sealed, static or abstract: what may be derived from says so.</summary>
internal static class SealedTypes
{
    internal static IEnumerable<string> Violations(IEnumerable<Component> components, IReadOnlySet<string> open) =>
        from component in components
        from type in component.Types
        where type is { IsClass: true, IsSealed: false, IsAbstract: false, IsGenerated: false } && !open.Contains(type.Name)
        select $"{type.Name} must be sealed, static or abstract.";
}
