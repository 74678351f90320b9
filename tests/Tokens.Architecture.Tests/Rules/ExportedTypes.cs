using Tokens.Architecture.Tests.Product;

namespace Tokens.Architecture.Tests.Rules;

/// <summary>A module shows its sealed <c>XModule</c> class and nothing else; the host shows nothing.</summary>
internal static class ExportedTypes
{
    internal static IEnumerable<string> Violations(IEnumerable<Component> components) =>
        from component in components
        where component.Kind is ComponentKind.Module or ComponentKind.Host
        from type in component.Types
        where type.IsExported && !IsModuleClass(component, type)
        select $"{type.Name} must be internal.";

    private static bool IsModuleClass(Component component, TypeShape type) =>
        component.Kind == ComponentKind.Module && type is { IsModule: true, IsSealed: true } && type.Name == $"{component.Name}.{component.Module}Module";
}
