using Tokens.Platform.Inputs;

namespace Tokens.Platform.Tests.Inputs;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/api/tokens?limit=5")]
    [InlineData("/a%20b?c=%F0%9F%8E%89&d=%c3%a9")]
    [InlineData("/a?b=100%")]
    [InlineData("/a?b=%zz&c=%u0041")]
    [InlineData("/a?b=%25ED%25A0%2580")]
    [InlineData("/a?b=%00")]
    public void Escaped_UTF8_is_taken(string target) => RequestTarget.IsUtf8(target).ShouldBeTrue();

    [Theory]
    [InlineData("/a?b=%ED%A0%80")]
    [InlineData("/a/%ed%b0%80")]
    [InlineData("/a?b=%ff")]
    [InlineData("/a?b=%c3%28")]
    [InlineData("/a?b=%c3")]
    [InlineData("/a?b=%c0%80")]
    [InlineData("/%F4%90%80%80")]
    public void Escapes_of_half_a_surrogate_pair_or_of_no_UTF8_are_refused(string target) => RequestTarget.IsUtf8(target).ShouldBeFalse();
}
