using Tokens.Architecture.Tests.Product;
using Tokens.Architecture.Tests.Rules;

namespace Tokens.Architecture.Tests;

public sealed class NoForeignSchemaInSqlTests
{
    private static readonly string[] Schemas = ["wallet", "payments", "giftcards", "platform"];

    [Fact]
    public void The_product_keeps_its_SQL_at_home()
    {
        string[] schemas = [.. Components.Modules.Select(Schema), "platform"];
        schemas.ShouldContain("wallet");
        foreach (var module in Components.Modules)
        {
            NoForeignSchemaInSql.Violations(Schema(module), SourceFile.Under(module.Folder), schemas).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("const string Sql = \"SELECT tokens FROM wallet.accounts\";")]
    [InlineData("const string Sql = \"SELECT tokens FROM WALLET.accounts\";")]
    [InlineData("const string Sql = \"SELECT tokens FROM \\\"wallet\\\".\\\"Accounts\\\"\";")]
    [InlineData("const string Sql = @\"SELECT 1 FROM \"\"wallet\"\".accounts\";")]
    [InlineData("const string Sql = \"\"\"\n    SELECT *\n    FROM wallet.accounts\n    \"\"\";")]
    [InlineData("string Sql(int n) => $\"SELECT * FROM wallet.accounts LIMIT {n}\";")]
    [InlineData("string Sql(string set) => $\"{set} search_path TO wallet\";")]
    [InlineData("const string Sql = \"DELETE FROM platform.keys\";")]
    public void SQL_into_another_schema_is_caught(string source) => Violations(source).Count().ShouldBe(1);

    [Theory]
    [InlineData("const string Sql = \"SELECT * FROM payments.purchases\";")]
    [InlineData("// SELECT * FROM wallet.accounts")]
    [InlineData("const string Name = \"Tokens.Wallet.Contracts\";")]
    [InlineData("const string Text = \"This tops up your wallet. It takes a moment.\";")]
    [InlineData("const string Route = \"/webhooks/wallet.json\";")]
    [InlineData("const string Column = \"p.wallet\";")]
    public void What_is_no_SQL_into_another_schema_passes(string source) => Violations(source).ShouldBeEmpty();

    private static string Schema(Component module) => module.Module.ToLowerInvariant();

    private static IEnumerable<string> Violations(string source) =>
        NoForeignSchemaInSql.Violations("payments", [new SourceFile("src/Modules/Payments/Tokens.Payments/Planted.cs", $"class Planted {{\n{source}\n}}")], Schemas);
}
