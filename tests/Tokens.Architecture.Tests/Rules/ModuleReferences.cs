using Tokens.Architecture.Tests.Product;

namespace Tokens.Architecture.Tests.Rules;

/// <summary>
/// A module knows the platform and contracts; contracts know the base class library; platform and sandbox know nothing of
/// ours; the host alone knows modules.
/// </summary>
internal static class ModuleReferences
{
    internal static IEnumerable<string> Violations(IReadOnlyCollection<Component> components, Func<string, bool> isBaseClassLibrary) =>
        components.SelectMany(component => component.Kind switch
        {
            ComponentKind.Host => [],
            ComponentKind.Module => Unallowed(component, name => name == "Tokens.Platform" || IsContracts(components, name)),
            ComponentKind.Contracts => Unallowed(component, _ => false).Concat(BeyondBaseClassLibrary(component, isBaseClassLibrary)),
            _ => Unallowed(component, _ => false),
        });

    private static IEnumerable<string> Unallowed(Component component, Func<string, bool> isAllowed) =>
        component.KnownComponents.Where(name => !isAllowed(name)).Select(name => $"{component.Name} must not reference {name}.");

    private static bool IsContracts(IEnumerable<Component> components, string name) =>
        components.Any(component => component.Name == name && component.Kind == ComponentKind.Contracts);

    private static IEnumerable<string> BeyondBaseClassLibrary(Component component, Func<string, bool> isBaseClassLibrary) =>
        component.Packages.Concat(component.Assemblies.Where(name => !Component.IsOurs(name) && !isBaseClassLibrary(name)))
            .Distinct(StringComparer.Ordinal)
            .Select(name => $"{component.Name} must stand on the base class library alone, without {name}.");
}
