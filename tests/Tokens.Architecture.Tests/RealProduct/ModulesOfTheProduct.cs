using System.Reflection;
using Tokens.Architecture.Tests.Product;
using Tokens.Platform;

namespace Tokens.Architecture.Tests.RealProduct;

/// <summary>The modules as they are declared in their assemblies, and as the host lists them.</summary>
internal static class ModulesOfTheProduct
{
    internal static IReadOnlyList<(Component Component, IModule Module)> Declared { get; } =
        [.. from component in Components.Modules
            from type in Components.Assembly(component).GetTypes()
            where type is { IsClass: true, IsAbstract: false } && typeof(IModule).IsAssignableFrom(type)
            select (component, (IModule)Activator.CreateInstance(type)!)];

    /// <summary>The host's one list, <c>Tokens.Host.Modules.All</c>, read by name: this project compiles without it.</summary>
    internal static IReadOnlyList<IModule> Hosted()
    {
        var list = Assembly.Load("Tokens.Host").GetType("Tokens.Host.Modules")
            ?.GetField("All", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)?.GetValue(null);
        return list as IReadOnlyList<IModule>
            ?? throw new InvalidOperationException("src/Host/Modules.cs must hold the one list of modules: static readonly IModule[] All.");
    }
}
