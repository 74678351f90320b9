namespace Tokens.Architecture.Tests.Rules;

/// <summary>The host's one list holds every module of the tree once, and each is named after its folder.</summary>
internal static class HostedModules
{
    /// <param name="assemblies">Module assemblies under src/Modules.</param>
    /// <param name="declared">Every class in them that implements the module interface.</param>
    /// <param name="hosted">Full names of the classes in the host's list.</param>
    internal static IEnumerable<string> Violations(
        IReadOnlyCollection<string> assemblies, IReadOnlyCollection<DeclaredModule> declared, IReadOnlyCollection<string> hosted)
    {
        foreach (var assembly in assemblies)
        {
            var count = declared.Count(module => module.Assembly == assembly);
            if (count != 1)
            {
                yield return $"{assembly} declares {count} module classes; it must declare one.";
            }
        }

        foreach (var module in declared)
        {
            if (hosted.Count(name => name == module.Type) is not 1 and var times)
            {
                yield return $"{module.Type} stands {times} times in the host's list; it must stand there once.";
            }

            var expected = module.Assembly.Split('.')[1].ToLowerInvariant();
            if (module.Name != expected)
            {
                yield return $"{module.Type} calls itself '{module.Name}'; its folder says '{expected}'.";
            }
        }

        foreach (var name in hosted.Where(name => declared.All(module => module.Type != name)))
        {
            yield return $"{name} is in the host's list but in no assembly under src/Modules.";
        }
    }

    /// <param name="Assembly">Simple name of the assembly that declares it.</param>
    /// <param name="Type">Full name of the class.</param>
    /// <param name="Name">What it says its name is.</param>
    internal sealed record DeclaredModule(string Assembly, string Type, string Name);
}
