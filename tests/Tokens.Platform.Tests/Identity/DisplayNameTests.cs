using Tokens.Platform.Identity;

namespace Tokens.Platform.Tests.Identity;

public sealed class DisplayNameTests
{
    [Theory]
    [InlineData("Fay", "Fay")]
    [InlineData("F\u0000a\ny\u0085", "Fay")]
    [InlineData("\t\n", null)]
    [InlineData("", null)]
    public void Control_characters_are_dropped(string text, string? name) => DisplayName.Clean(text).ShouldBe(name);

    [Fact]
    public void A_long_name_is_cut_between_characters()
    {
        DisplayName.Clean(new string('n', 101)).ShouldBe(new string('n', 100));
        DisplayName.Clean(new string('n', 99) + "🎉").ShouldBe(new string('n', 99));
        DisplayName.Clean(new string('n', 98) + "🎉!").ShouldBe(new string('n', 98) + "🎉");
    }
}
