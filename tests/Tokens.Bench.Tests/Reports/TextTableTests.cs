using Tokens.Bench.Reports;

namespace Tokens.Bench.Tests.Reports;

public sealed class TextTableTests
{
    [Fact]
    public void A_table_is_aligned_Markdown() =>
        new TextTable("case", "a second").Add("tips", "6,000").Add("a longer name", "7").ToString().ShouldBe(
            """
            | case          | a second |
            | ------------- | -------: |
            | tips          |    6,000 |
            | a longer name |        7 |

            """);

    [Fact]
    public void A_row_has_as_many_cells_as_there_are_columns() =>
        Should.Throw<ArgumentException>(() => new TextTable("case", "a second").Add("tips"));
}
