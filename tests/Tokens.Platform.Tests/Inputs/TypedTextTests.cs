using System.Text;
using Tokens.Platform.Inputs;

namespace Tokens.Platform.Tests.Inputs;

public sealed class TypedTextTests
{
    [Theory]
    [InlineData(' ')]
    [InlineData('\t')]
    [InlineData('\r')]
    [InlineData('\n')]
    [InlineData('\u0000')]
    [InlineData('\u0085')]
    [InlineData('\u00A0')]
    [InlineData('\u00AD')]
    [InlineData('\u200B')]
    [InlineData('\u200E')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    [InlineData('\u202F')]
    [InlineData('\u2060')]
    [InlineData('\u3000')]
    [InlineData('\uFEFF')]
    public void White_space_control_and_format_characters_are_blank(char character) => TypedText.IsBlank(new Rune(character)).ShouldBeTrue();

    [Theory]
    [InlineData('a')]
    [InlineData('0')]
    [InlineData('-')]
    [InlineData('=')]
    [InlineData('_')]
    [InlineData('\u00E9')]
    public void Visible_characters_are_not_blank(char character) => TypedText.IsBlank(new Rune(character)).ShouldBeFalse();

    [Fact]
    public void A_format_character_beyond_the_basic_plane_is_blank() => TypedText.IsBlank(new Rune(0xE0020)).ShouldBeTrue();

    [Theory]
    [InlineData('-', true)]
    [InlineData('\u2010', true)]
    [InlineData('\u2011', true)]
    [InlineData('\u2012', true)]
    [InlineData('\u2013', true)]
    [InlineData('\u2014', true)]
    [InlineData('\u2015', true)]
    [InlineData('\u2212', true)]
    [InlineData('\u02D7', true)]
    [InlineData('\u2796', true)]
    [InlineData('\u30FC', true)]
    [InlineData('\uFE58', true)]
    [InlineData('\uFF0D', true)]
    [InlineData('_', false)]
    [InlineData('+', false)]
    [InlineData('a', false)]
    public void Dashes_and_minus_signs_are_told_from_other_signs(char character, bool expected) =>
        TypedText.IsDash(new Rune(character)).ShouldBe(expected);

    [Theory]
    [InlineData('\uFF11', '1')]
    [InlineData('\uFF21', 'A')]
    [InlineData('\uFF46', 'f')]
    [InlineData('\uFF1D', '=')]
    [InlineData('\uFF0B', '+')]
    [InlineData('\uFF0D', '-')]
    [InlineData('\uFF20', '@')]
    [InlineData('\uFF01', '!')]
    [InlineData('\uFF5E', '~')]
    [InlineData('\uFE66', '=')]
    [InlineData('\uFE62', '+')]
    [InlineData('\uFE63', '-')]
    [InlineData('\uFE6B', '@')]
    [InlineData('a', 'a')]
    [InlineData('\uFF5F', '\uFF5F')]
    [InlineData('\u00E9', '\u00E9')]
    public void Full_width_and_small_forms_become_ASCII(char character, char expected) =>
        TypedText.ToAscii(new Rune(character)).ShouldBe(new Rune(expected));
}
