using static Tokens.Architecture.Tests.Rules.HostedModules;

namespace Tokens.Architecture.Tests;

public sealed class HostedModulesTests
{
    private static readonly string[] Assemblies = ["Tokens.Wallet", "Tokens.GiftCards"];

    private static readonly DeclaredModule[] Declared =
    [
        new("Tokens.Wallet", "Tokens.Wallet.WalletModule", "wallet"),
        new("Tokens.GiftCards", "Tokens.GiftCards.GiftCardsModule", "giftcards"),
    ];

    private static readonly string[] Hosted = ["Tokens.Wallet.WalletModule", "Tokens.GiftCards.GiftCardsModule"];

    [Fact]
    public void Modules_that_are_each_hosted_once_pass() => Violations(Assemblies, Declared, Hosted).ShouldBeEmpty();

    [Fact]
    public void A_forgotten_module_is_caught() =>
        Violations(Assemblies, Declared, Hosted[..1]).ShouldBe(
            ["Tokens.GiftCards.GiftCardsModule stands 0 times in the host's list; it must stand there once."]);

    [Fact]
    public void A_module_hosted_twice_is_caught() =>
        Violations(Assemblies, Declared, [.. Hosted, Hosted[0]]).Single().ShouldContain("2 times");

    [Fact]
    public void An_assembly_without_a_module_class_is_caught() =>
        Violations([.. Assemblies, "Tokens.Analytics"], Declared, Hosted).ShouldBe(["Tokens.Analytics declares 0 module classes; it must declare one."]);

    [Fact]
    public void A_name_that_is_not_the_folder_is_caught() =>
        Violations(Assemblies, [Declared[0], Declared[1] with { Name = "wallet" }], Hosted).Single().ShouldContain("calls itself 'wallet'");

    [Fact]
    public void A_hosted_class_from_elsewhere_is_caught() =>
        Violations(Assemblies, Declared, [.. Hosted, "Tokens.Host.HiddenModule"]).Single().ShouldContain("no assembly under src/Modules");
}
