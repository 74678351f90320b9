using Tokens.Architecture.Tests.Product;
using Tokens.Architecture.Tests.Rules;

namespace Tokens.Architecture.Tests.RealProduct;

public sealed class HostListTests
{
    [Fact]
    public void The_host_lists_every_module_of_the_tree()
    {
        ModulesOfTheProduct.Declared.Select(declared => declared.Module.Name).ShouldContain("wallet");

        HostedModules.Violations(
            [.. Components.Modules.Select(component => component.Name)],
            [.. ModulesOfTheProduct.Declared.Select(declared => new HostedModules.DeclaredModule(
                declared.Component.Name, declared.Module.GetType().FullName!, declared.Module.Name))],
            [.. ModulesOfTheProduct.Hosted().Select(module => module.GetType().FullName!)]).ShouldBeEmpty();
    }

    [Fact]
    public void Every_module_shows_its_module_class()
    {
        foreach (var module in Components.Modules)
        {
            module.Types.ShouldContain(type => type.IsExported && type.IsModule, $"{module.Name} shows no module class.");
        }

        ExportedTypes.Violations(Components.All).ShouldBeEmpty();
    }
}
