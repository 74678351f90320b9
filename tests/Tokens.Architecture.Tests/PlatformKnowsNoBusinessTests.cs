using Tokens.Architecture.Tests.Product;
using Tokens.Architecture.Tests.Rules;

namespace Tokens.Architecture.Tests;

public sealed class PlatformKnowsNoBusinessTests
{
    [Fact]
    public void The_platform_knows_no_business()
    {
        var files = SourceFile.Under("src/Platform");
        files.ShouldContain(file => file.Path == "src/Platform/IModule.cs");

        PlatformKnowsNoBusiness.Violations(files).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("class WalletCache;", "wallet")]
    [InlineData("class Cache { int TipCount; }", "tip")]
    [InlineData("class Cache { void Take(int creator_id) { } }", "creator")]
    [InlineData("class Cache { string Key = \"payments:purchase\"; }", "payments")]
    [InlineData("class Cache { string Key(int id) => $\"giftCard/{id}\"; }", "gift")]
    [InlineData("class Cache { long TokenAmount; }", "token amount")]
    [InlineData("class Cache { long Tokens2; long tokensLeft; }", "tokens")]
    [InlineData("class Cache { string Url = \"https://api.stripe.com\"; }", "stripe")]
    [InlineData("class Cache { long balances; }", "balances")]
    [InlineData("class Cache { string Text = \"You have no tokens.\"; }", "tokens")]
    public void A_noun_of_the_business_is_caught(string source, string noun) =>
        Violations("src/Platform/Cache.cs", source).ShouldContain(violation => violation.EndsWith($"speaks of '{noun}'.", StringComparison.Ordinal));

    [Fact]
    public void A_file_named_after_the_business_is_caught() =>
        Violations("src/Platform/Storage/WalletDb.cs", "").ShouldBe(["src/Platform/Storage/WalletDb.cs:0: 'WalletDb' speaks of 'wallet'."]);

    [Theory]
    [InlineData("namespace Tokens.Platform; class Row(CancellationToken cancellationToken) { int Multiple; }")]
    [InlineData("class Row { string Type = \"urn:tokens:not_found\"; string Meter = \"Tokens.Platform\"; string File = \"tokens.lock\"; string Token = \"csrf token missing\"; }")]
    [InlineData("// a wallet would lie here\nclass Row { int Discard; int Stipend; }")]
    public void The_products_name_and_tokens_that_are_no_money_pass(string source) => Violations("src/Platform/Row.cs", source).ShouldBeEmpty();

    private static IEnumerable<string> Violations(string path, string source) => PlatformKnowsNoBusiness.Violations([new SourceFile(path, source)]);
}
