using Tokens.Architecture.Tests.Product;
using Tokens.Architecture.Tests.Rules;

namespace Tokens.Architecture.Tests;

public sealed class ExportedTypesTests
{
    private static readonly TypeShape WalletModule = new("Tokens.Wallet.WalletModule") { IsExported = true, IsSealed = true, IsModule = true };

    [Fact]
    public void The_product_shows_its_module_classes_alone()
    {
        // That exported types are seen at all is shown by the components that may have some.
        Components.All.Where(component => component.Kind == ComponentKind.Platform).SelectMany(component => component.Types)
            .ShouldContain(type => type.IsExported);

        ExportedTypes.Violations(Components.All).ShouldBeEmpty();
    }

    [Fact]
    public void A_module_class_and_internal_types_pass() =>
        Violations(ComponentKind.Module, "Tokens.Wallet", WalletModule, new TypeShape("Tokens.Wallet.Tips.SendTip")).ShouldBeEmpty();

    [Fact]
    public void A_second_exported_type_is_caught() =>
        Violations(ComponentKind.Module, "Tokens.Wallet", WalletModule, new TypeShape("Tokens.Wallet.Tips.SendTip") { IsExported = true, IsSealed = true })
            .ShouldBe(["Tokens.Wallet.Tips.SendTip must be internal."]);

    [Fact]
    public void A_module_class_that_is_open_misnamed_or_no_module_is_caught() =>
        Violations(
            ComponentKind.Module,
            "Tokens.Wallet",
            WalletModule with { IsSealed = false },
            WalletModule with { Name = "Tokens.Wallet.PurseModule" },
            WalletModule with { IsModule = false }).Count().ShouldBe(3);

    [Fact]
    public void A_host_that_shows_something_is_caught() =>
        Violations(ComponentKind.Host, "Tokens.Host", new TypeShape("Program") { IsExported = true }).ShouldBe(["Program must be internal."]);

    [Fact]
    public void Contracts_and_platform_may_show_what_they_like()
    {
        Violations(ComponentKind.Contracts, "Tokens.Wallet.Contracts", new TypeShape("Tokens.Wallet.Contracts.IWalletLedger") { IsExported = true }).ShouldBeEmpty();
        Violations(ComponentKind.Platform, "Tokens.Platform", new TypeShape("Tokens.Platform.IModule") { IsExported = true }).ShouldBeEmpty();
    }

    private static IEnumerable<string> Violations(ComponentKind kind, string name, params TypeShape[] types) =>
        ExportedTypes.Violations([new Component(name, kind) { Types = types }]);
}
