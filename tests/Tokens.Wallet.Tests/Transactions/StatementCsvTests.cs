using System.Text;
using Tokens.Wallet.Transactions;

namespace Tokens.Wallet.Tests.Transactions;

public sealed class StatementCsvTests
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
    public async Task Text_is_quoted_and_kept(string text, string cell) => (await CellOfAsync(text)).ShouldBe(cell);

    [Fact]
    public async Task No_text_is_no_cell() => (await CellOfAsync(null)).ShouldBeEmpty();

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
    public async Task Text_that_a_spreadsheet_may_take_for_a_formula_begins_with_an_apostrophe(string text) =>
        (await CellOfAsync(text)).ShouldBe($"\"'{text}\"");

    private static async Task<string> CellOfAsync(string? message)
    {
        var entry = new Entry(Guid.Empty, "tip", -10, -0.5m, "completed", 90, RelatedUserId: null, "chat", message, "end", DateTime.UnixEpoch);
        using var body = new MemoryStream();
        await StatementCsv.WriteAsync(body, new[] { entry }.ToAsyncEnumerable());
        var csv = Encoding.UTF8.GetString(body.ToArray());
        const string before = ",completed,90,,\"chat\",";
        var start = csv.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return csv[start..csv.IndexOf(",\"end\",1970-01-01T00:00:00.000Z\r\n", StringComparison.Ordinal)];
    }
}
