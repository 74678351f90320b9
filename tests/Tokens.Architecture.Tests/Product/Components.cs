using System.Reflection;
using System.Xml.Linq;
using Tokens.Testing;

namespace Tokens.Architecture.Tests.Product;

/// <summary>Every project under src, from its project file and its built assembly.</summary>
internal static class Components
{
    private static readonly Lazy<IReadOnlyList<Component>> Scan = new(() => [.. Repository.Files("src", "*.csproj").Select(Read)]);

    internal static IReadOnlyList<Component> All => Scan.Value;

    internal static IReadOnlyList<Component> Modules => [.. All.Where(component => component.Kind == ComponentKind.Module)];

    internal static Assembly Assembly(Component component) => System.Reflection.Assembly.Load(component.Name);

    private static Component Read(string path)
    {
        var folder = path[..path.LastIndexOf('/')];
        var name = Path.GetFileNameWithoutExtension(path);
        var assembly = System.Reflection.Assembly.Load(name);
        var project = XDocument.Load(Repository.Path(path));
        return new Component(name, KindOf(folder, name))
        {
            Folder = folder,
            Assemblies = [.. assembly.GetReferencedAssemblies().Select(reference => reference.Name!)],
            Projects = [.. Includes(project, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            Packages = [.. Includes(project, "PackageReference"), .. Includes(project, "FrameworkReference")],
            Types = [.. assembly.GetTypes().Select(TypeShape.From)],
        };
    }

    private static IEnumerable<string> Includes(XDocument project, string element) =>
        project.Descendants(element).Select(reference => reference.Attribute("Include")?.Value).OfType<string>();

    private static ComponentKind KindOf(string folder, string name) => (folder.Split('/'), name) switch
    {
        (["src", "Host"], "Tokens.Host") => ComponentKind.Host,
        (["src", "Platform"], "Tokens.Platform") => ComponentKind.Platform,
        (["src", "StripeSandbox"], "Tokens.StripeSandbox") => ComponentKind.Sandbox,
        (["src", "Modules", var module, _], _) when name == $"Tokens.{module}" => ComponentKind.Module,
        (["src", "Modules", var module, _], _) when name == $"Tokens.{module}.Contracts" => ComponentKind.Contracts,
        _ => throw new InvalidOperationException($"{folder}/{name} has no place: it is neither host, platform, sandbox, module nor contracts."),
    };
}
