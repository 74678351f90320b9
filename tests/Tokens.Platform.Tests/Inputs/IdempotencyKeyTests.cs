using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tokens.Platform.Inputs;

namespace Tokens.Platform.Tests.Inputs;

public sealed class IdempotencyKeyTests
{
    private static readonly string Longest = new('k', 255);

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("\"abc\"", "abc")]
    [InlineData("  abc  ", "abc")]
    [InlineData("a b~!", "a b~!")]
    [InlineData("\"", "\"")]
    [InlineData("\"a", "\"a")]
    public void A_key_is_read_bare_or_quoted(string header, string expected) => Key(header).ShouldBe((expected, false));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\"\"")]
    public void An_empty_key_is_none(string header)
    {
        Key(header).ShouldBe((null, false));
        Key(header, "\"from-body\"").ShouldBe(("from-body", false));
    }

    [Theory]
    [InlineData("ä")]
    [InlineData("a\tb")]
    [InlineData("a\u007f")]
    [InlineData("🎉")]
    public void Other_than_printable_ASCII_is_a_fault(string header) => Key(header).ShouldBe((null, true));

    [Fact]
    public void Its_length_has_a_limit()
    {
        Key(Longest).ShouldBe((Longest, false));
        Key($"\"{Longest}\"").ShouldBe((Longest, false));
        Key(Longest + "k").ShouldBe((null, true));
    }

    [Fact]
    public void The_header_wins_over_the_body() => Key("from-header", "\"from-body\"").ShouldBe(("from-header", false));

    [Theory]
    [InlineData("\"from-body\"", "from-body", false)]
    [InlineData("\"\"", null, false)]
    [InlineData("null", null, false)]
    [InlineData("17", null, true)]
    [InlineData("[]", null, true)]
    [InlineData("\"ä\"", null, true)]
    public void The_body_may_carry_it(string json, string? expected, bool isFault) => Key(default, json).ShouldBe((expected, isFault));

    [Fact]
    public void Two_headers_are_a_fault() => Key(new StringValues(["a", "a"])).ShouldBe((null, true));

    private static (string? Key, bool IsFault) Key(StringValues header, string json = "null")
    {
        var context = new DefaultHttpContext();
        if (header.Count > 0)
        {
            context.Request.Headers["Idempotency-Key"] = header;
        }

        using var body = JsonDocument.Parse(json);
        var faults = new FaultList();
        var key = IdempotencyKey.Read(context.Request, RawValue.Of(body.RootElement.Clone()), faults);
        return (key?.Value, faults.ToProblem() is not null);
    }
}
