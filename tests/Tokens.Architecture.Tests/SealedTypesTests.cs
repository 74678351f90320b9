using Tokens.Architecture.Tests.Product;
using Tokens.Architecture.Tests.Rules;

namespace Tokens.Architecture.Tests;

public sealed class SealedTypesTests
{
    /// <summary>Full names of classes that are open; each with its reason beside it.</summary>
    private static readonly HashSet<string> Open = new(StringComparer.Ordinal);

    [Fact]
    public void The_products_classes_are_closed()
    {
        Components.All.SelectMany(component => component.Types).ShouldContain(type => type.Name == "Tokens.Platform.Problems.Problem");

        SealedTypes.Violations(Components.All, Open).ShouldBeEmpty();
    }

    [Fact]
    public void An_open_class_is_caught() =>
        Violations(new TypeShape("Tokens.Wallet.Tips.Tip")).ShouldBe(["Tokens.Wallet.Tips.Tip must be sealed, static or abstract."]);

    [Fact]
    public void Closed_abstract_listed_and_generated_classes_pass() =>
        Violations(
            new TypeShape("Tokens.Wallet.Tips.SendTip") { IsSealed = true, IsAbstract = true },
            new TypeShape("Tokens.Wallet.Outcome") { IsAbstract = true },
            new TypeShape("Tokens.Wallet.Data.Migrations.Initial") { IsGenerated = true },
            new TypeShape("Tokens.Wallet.ITip") { IsClass = false },
            new TypeShape("Tokens.Wallet.Listed")).ShouldBeEmpty();

    [Fact]
    public void Shapes_are_read_from_types_as_they_are()
    {
        TypeShape.From(typeof(OpenClass)).ShouldBe(new TypeShape(typeof(OpenClass).FullName!));
        TypeShape.From(typeof(SealedTypesTests)).ShouldBe(new TypeShape(typeof(SealedTypesTests).FullName!) { IsExported = true, IsSealed = true });
        TypeShape.From(typeof(SealedTypes)).ShouldBe(new TypeShape(typeof(SealedTypes).FullName!) { IsSealed = true, IsAbstract = true });
    }

    private static IEnumerable<string> Violations(params TypeShape[] types) =>
        SealedTypes.Violations([new Component("Tokens.Wallet", ComponentKind.Module) { Types = types }], new HashSet<string>(["Tokens.Wallet.Listed"], StringComparer.Ordinal));

#pragma warning disable CA1852 // An open class is what the test needs.
    private class OpenClass;
#pragma warning restore CA1852
}
