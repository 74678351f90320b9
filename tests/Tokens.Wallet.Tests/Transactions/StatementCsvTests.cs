using Tokens.Wallet.Transactions;

namespace Tokens.Wallet.Tests.Transactions;

public sealed class CsvCellTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("say \"hi\", now\r\nnext", "\"say \"\"hi\"\", now\r\nnext\"")]
    [InlineData("", "\"\"")]
    [InlineData("   ", "\"   \"")]
    [InlineData("a=1", "\"a=1\"")]
    [InlineData(" a=1", "\" a=1\"")]
    [InlineData("5-1", "\"5-1\"")]
    [InlineData("\uD83C\uDF89", "\"\uD83C\uDF89\"")]
    [InlineData("\u2013 dash", "\"\u2013 dash\"")]
    [InlineData("\u20AC=1", "\"\u20AC=1\"")]
    public void Text_is_quoted_and_kept(string text, string cell) => CsvCell.OfText(text).ShouldBe(cell);

    [Fact]
    public void No_text_is_no_cell() => CsvCell.OfText(null).ShouldBeEmpty();

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData(" =1+1")]
    [InlineData("   @SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\ttab")]
    [InlineData("\r=1")]
    [InlineData("\rend")]
    [InlineData("\n=1")]
    [InlineData("\nend")]
    [InlineData("\r\n +1")]
    [InlineData("\u00A0=1")]
    [InlineData("\u3000-1")]
    [InlineData("\u2028=1")]
    [InlineData("\u0001=1")]
    [InlineData("\u001B@x")]
    [InlineData("\u200B=1")]
    [InlineData("\uFEFF=1")]
    [InlineData("\u00AD+1")]
    [InlineData("\u202E=1")]
    [InlineData("\uFF1D1+1")]
    [InlineData("\uFF0B1")]
    [InlineData("\uFF0D1")]
    [InlineData("\uFF20SUM(A1)")]
    [InlineData("\uFE661")]
    [InlineData(" \u200B\uFF1D1")]
    public void Text_that_a_spreadsheet_may_take_for_a_formula_begins_with_an_apostrophe(string text) =>
        CsvCell.OfText(text).ShouldBe($"\"'{text}\"");
}
