using Tokens.Architecture.Tests.Product;
using Tokens.Architecture.Tests.Rules;

namespace Tokens.Architecture.Tests;

public sealed class ModuleReferencesTests
{
    private static readonly Component WalletContracts = new("Tokens.Wallet.Contracts", ComponentKind.Contracts) { Assemblies = ["System.Runtime"] };

    private static readonly Component Wallet = new("Tokens.Wallet", ComponentKind.Module)
    {
        Assemblies = ["System.Runtime", "Tokens.Platform", "Tokens.Wallet.Contracts", "Microsoft.EntityFrameworkCore"],
        Projects = ["Tokens.Platform", "Tokens.Wallet.Contracts"],
    };

    [Fact]
    public void The_product_keeps_its_walls()
    {
        Components.All.Select(component => component.Kind).Distinct().Count().ShouldBe(Enum.GetValues<ComponentKind>().Length);
        Components.All.Select(component => component.Name).ShouldContain("Tokens.Wallet.Contracts");
        Components.Modules.SelectMany(component => component.KnownComponents).ShouldContain("Tokens.Platform");

        ModuleReferences.Violations(Components.All, IsBaseClassLibrary).ShouldBeEmpty();
    }

    [Fact]
    public void Allowed_references_pass() =>
        Violations(Wallet, WalletContracts, Module("GiftCards", "Tokens.Platform", "Tokens.Wallet.Contracts")).ShouldBeEmpty();

    [Theory]
    [InlineData("Tokens.Wallet")]
    [InlineData("Tokens.Host")]
    [InlineData("Tokens.StripeSandbox")]
    public void A_module_that_knows_more_than_platform_and_contracts_is_caught(string reference)
    {
        var expected = new[] { $"Tokens.GiftCards must not reference {reference}." };

        Violations(Wallet, WalletContracts, Module("GiftCards", reference)).ShouldBe(expected);
        Violations(Wallet, WalletContracts, new Component("Tokens.GiftCards", ComponentKind.Module) { Projects = [reference] }).ShouldBe(expected);
    }

    [Fact]
    public void A_module_named_like_contracts_of_nobody_is_caught() =>
        Violations(Wallet, Module("GiftCards", "Tokens.Wallet.Contracts")).ShouldContain("Tokens.GiftCards must not reference Tokens.Wallet.Contracts.");

    [Theory]
    [InlineData(ComponentKind.Platform, "Tokens.Platform", "Tokens.Wallet.Contracts")]
    [InlineData(ComponentKind.Sandbox, "Tokens.StripeSandbox", "Tokens.Platform")]
    [InlineData(ComponentKind.Contracts, "Tokens.Payments.Contracts", "Tokens.Wallet.Contracts")]
    internal void What_stands_below_the_modules_knows_none_of_ours(ComponentKind kind, string name, string reference) =>
        Violations(WalletContracts, new Component(name, kind) { Assemblies = [reference] }).ShouldBe([$"{name} must not reference {reference}."]);

    [Fact]
    public void Contracts_with_a_package_a_framework_or_a_foreign_assembly_are_caught()
    {
        var contracts = WalletContracts with { Packages = ["Polly.Core", "Microsoft.AspNetCore.App"], Assemblies = ["System.Runtime", "Microsoft.Extensions.Options"] };

        Violations(contracts).Count().ShouldBe(3);
    }

    private static Component Module(string name, params string[] assemblies) =>
        new($"Tokens.{name}", ComponentKind.Module) { Assemblies = assemblies };

    private static IEnumerable<string> Violations(params Component[] components) => ModuleReferences.Violations(components, IsBaseClassLibrary);

    private static bool IsBaseClassLibrary(string assembly) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, assembly + ".dll"));
}
