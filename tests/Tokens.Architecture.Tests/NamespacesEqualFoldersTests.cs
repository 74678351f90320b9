using Tokens.Architecture.Tests.Product;
using Tokens.Architecture.Tests.Rules;
using Tokens.Testing;

namespace Tokens.Architecture.Tests;

public sealed class NamespacesEqualFoldersTests
{
    [Fact]
    public void The_products_namespaces_equal_its_folders()
    {
        string[] projects = [.. new[] { "src", "tests", "bench" }.SelectMany(folder => Repository.Files(folder, "*.csproj"))];
        projects.ShouldContain("tests/Tokens.Architecture.Tests/Tokens.Architecture.Tests.csproj");
        foreach (var project in projects)
        {
            var folder = project[..project.LastIndexOf('/')];
            NamespacesEqualFolders.Violations(Path.GetFileNameWithoutExtension(project), folder, SourceFile.Under(folder)).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("Tips/SendTip.cs", "namespace Tokens.Wallet;\nclass SendTip;")]
    [InlineData("SendTip.cs", "namespace Tokens.Wallet.Tips;\nclass SendTip;")]
    [InlineData("Tips/SendTip.cs", "namespace Tokens.Wallet { class SendTip; }")]
    [InlineData("Tips/SendTip.cs", "class SendTip;")]
    public void Another_namespace_is_caught(string name, string source) => Violations(name, source).Count().ShouldBe(1);

    [Theory]
    [InlineData("WalletModule.cs", "namespace Tokens.Wallet;\nclass WalletModule;")]
    [InlineData("Tips/SendTip.cs", "namespace Tokens.Wallet.Tips;\nclass SendTip;")]
    [InlineData("Program.cs", "return 0;")]
    [InlineData("Imports.cs", "global using System;")]
    public void The_folders_namespace_passes(string name, string source) => Violations(name, source).ShouldBeEmpty();

    private static IEnumerable<string> Violations(string name, string source) =>
        NamespacesEqualFolders.Violations(
            "Tokens.Wallet", "src/Modules/Wallet/Tokens.Wallet", [new SourceFile($"src/Modules/Wallet/Tokens.Wallet/{name}", source)]);
}
