using Tokens.Platform.Inputs;

namespace Tokens.Platform.Tests.Inputs;

public sealed class WholeNumberRuleTests
{
    private static readonly WholeNumberRule Amount = new("amount", "Invalid amount") { Aliases = ["tokens", "value"] };

    [Theory]
    [InlineData("1", 1)]
    [InlineData("100", 100)]
    [InlineData("\"100\"", 100)]
    [InlineData("\"007\"", 7)]
    [InlineData("9007199254740991", 9_007_199_254_740_991)]
    [InlineData("\"9007199254740991\"", 9_007_199_254_740_991)]
    public void A_whole_number_may_be_an_integer_or_digits(string json, long expected)
    {
        var (value, problem) = Read.Body($$"""{"amount": {{json}}}""", body => body.RequiredWholeNumber(Amount));

        problem.ShouldBeNull();
        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("\"-5\"")]
    [InlineData("100.5")]
    [InlineData("100.0")]
    [InlineData("\"100.0\"")]
    [InlineData("1e3")]
    [InlineData("\"1e3\"")]
    [InlineData("\"abc\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"1 \"")]
    [InlineData("\"+1\"")]
    [InlineData("\"0x10\"")]
    [InlineData("\"1,000\"")]
    [InlineData("\"1_000\"")]
    [InlineData("\"١\"")]
    [InlineData("\"1\\u0000\"")]
    [InlineData("9007199254740992")]
    [InlineData("9223372036854775808")]
    [InlineData("\"00000000000000000000000000000000001\"")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("{\"amount\": 1}")]
    public void Anything_else_is_a_fault(string json)
    {
        var (_, problem) = Read.Body($$"""{"amount": {{json}}}""", body => body.RequiredWholeNumber(Amount));

        problem.ShouldNotBeNull().Kind.Title.ShouldBe("Invalid amount");
        problem.Errors()["amount"].ShouldBe(["amount must be a whole number from 1 to 9007199254740991."]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"amount": null}""")]
    public void Null_is_as_good_as_missing(string json)
    {
        Read.Body(json, body => body.OptionalWholeNumber(Amount)).ShouldBe((null, null));
        Read.Body(json, body => body.RequiredWholeNumber(Amount)).Problem.Errors()["amount"].ShouldBe(["amount is required."]);
    }

    [Theory]
    [InlineData("""{"tokens": 5}""", 5)]
    [InlineData("""{"value": 6}""", 6)]
    [InlineData("""{"amount": null, "value": 6}""", 6)]
    [InlineData("""{"value": 6, "tokens": 5}""", 5)]
    [InlineData("""{"value": 6, "tokens": 5, "amount": 4}""", 4)]
    public void The_first_name_that_is_present_counts(string json, long expected) =>
        Read.Body(json, body => body.RequiredWholeNumber(Amount)).ShouldBe((expected, null));

    [Fact]
    public void A_fault_names_the_field_under_which_it_came() =>
        Read.Body("""{"tokens": "x"}""", body => body.RequiredWholeNumber(Amount)).Problem.Errors().Keys.ShouldBe(["tokens"]);

    [Fact]
    public void A_negative_number_is_read_where_the_rule_allows_it()
    {
        var change = new WholeNumberRule("change", "Invalid change", -10, 10) { Sentence = "Between ten below and ten above." };

        Read.Body("""{"change": -10}""", body => body.RequiredWholeNumber(change)).Value.ShouldBe(-10);
        Read.Body("""{"change": "-3"}""", body => body.RequiredWholeNumber(change)).Value.ShouldBe(-3);
        Read.Body("""{"change": -11}""", body => body.RequiredWholeNumber(change)).Problem.Errors()["change"]
            .ShouldBe(["Between ten below and ten above."]);
    }

    [Fact]
    public void A_query_is_read_alike_and_only_once()
    {
        var limit = new WholeNumberRule("limit", "Invalid limit", 1, 200);

        Read.Query("limit=50", query => query.OptionalWholeNumber(limit)).ShouldBe((50, null));
        Read.Query("", query => query.OptionalWholeNumber(limit)).ShouldBe((null, null));
        Read.Query("limit=1&limit=2", query => query.OptionalWholeNumber(limit)).Problem.ShouldNotBeNull();
        Read.Query("limit=&limit=", query => query.OptionalWholeNumber(limit)).Problem.ShouldNotBeNull();
    }
}
