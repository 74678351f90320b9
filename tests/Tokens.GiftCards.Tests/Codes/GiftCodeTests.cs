using Tokens.GiftCards.Codes;

namespace Tokens.GiftCards.Tests.Codes;

public sealed class GiftCodeTests
{
    private const string Code = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string Digits = "0f8fad5bd9cb469fa16570867728950e";

    [Theory]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("0F8FAD5B-D9CB-469F-A165-70867728950E")]
    [InlineData("0f8fad5bd9cb469fa16570867728950e")]
    [InlineData(" 0f8fad5b d9cb 469f a165 70867728950e \t")]
    [InlineData("0f8fad5b\u2010d9cb\u2011469f\u2013a165\u201470867728950e")]
    [InlineData("0f8fad5b\u2212d9cb\u2212469f\u2212a165\u221270867728950e")]
    [InlineData("0f8fad5b\u00ADd9cb\u200B469f\u2060a165\uFEFF70867728950e")]
    [InlineData("0f8fad5b-d9cb-\r\n469f-a165-70867728950e\n")]
    [InlineData("\u202A0f8fad5b-d9cb\u00A0-\u2028469f-a165-70867728950e\u202C")]
    [InlineData("\uFF10\uFF46\uFF18\uFF46\uFF21\uFF24\uFF15\uFF42\uFF0Dd9cb\u3000469f\u30FCa165\uFE6370867728950e")]
    public void A_code_is_read_however_it_was_typed_or_pasted(string typed) => GiftCode.Parse(typed).ShouldBe(Digits);

    [Theory]
    [InlineData("https://app.example.com/redeem/{0}")]
    [InlineData("https://app.example.com/redeem/{0}/")]
    [InlineData("https://app.example.com/redeem/{0}?utm_source=mail&x=%20")]
    [InlineData("https://app.example.com/redeem/{0}#top")]
    [InlineData("https://app.example.com/redeem/{0}/?a=b#c")]
    [InlineData("https://app.example.com/redeem#{0}")]
    [InlineData("https://app.example.com/redeem/#{0}")]
    [InlineData("https://app.example.com/redeem#/{0}/")]
    [InlineData("https://app.example.com/redeem?utm_source=mail#{0}&x=y")]
    [InlineData("https://redeem.example.com/redeem/{0}?next=/redeem/")]
    [InlineData("https://redeem.example.com/en/Redeem/{0}")]
    [InlineData("https://app.example.com/#/redeem/{0}")]
    [InlineData("http://localhost:3000/redeem/{0}")]
    [InlineData("/redeem/{0}")]
    [InlineData(" https://app.example.com/\r\nredeem/{0}\u200B\n")]
    [InlineData("\uFF48ttps\uFF1A\uFF0F\uFF0Fapp.example.com\uFF0Fredeem\uFF0F{0}")]
    public void A_redeem_link_is_read_as_its_code(string link)
    {
        GiftCode.Parse(string.Format(link, Code)).ShouldBe(Digits);
        GiftCode.Parse(string.Format(link, Digits.ToUpperInvariant())).ShouldBe(Digits);
        GiftCode.Parse(string.Format(link, Code.Replace("-", "%E2%80%91"))).ShouldBe(Digits);
    }

    [Theory]
    [InlineData("0123456789ABCDEF")]
    [InlineData("0123-4567-89ab-cdef")]
    [InlineData("https://old.example.com/redeem/0123456789abcdef?x")]
    public void The_code_of_an_older_system_is_read_alike(string typed) => GiftCode.Parse(typed).ShouldBe("0123456789abcdef");

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("no code at all")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e0")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950g")]
    [InlineData("{0f8fad5b-d9cb-469f-a165-70867728950e}")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e 0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("https://app.example.com/redeem")]
    [InlineData("https://app.example.com/redeem/")]
    [InlineData("https://app.example.com/redeem?code=0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("https://app.example.com/cards/0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("https://app.example.com/redeemed/0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("\u0660f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("\uD83C\uDF81f8fad5b-d9cb-469f-a165-70867728950e")]
    public void Other_text_is_no_code(string typed) => GiftCode.Parse(typed).ShouldBeNull();

    [Fact]
    public void The_text_has_a_limit_and_odd_text_takes_no_time()
    {
        var blanks = new string('\u200B', GiftCode.TypedLengthMax - Digits.Length);
        GiftCode.Parse(blanks + Digits).ShouldBe(Digits);
        GiftCode.Parse(blanks + Digits + " ").ShouldBeNull();
        GiftCode.Parse(string.Concat(Enumerable.Repeat("/redeem", GiftCode.TypedLengthMax / 7))).ShouldBeNull();
        GiftCode.Parse("/redeem/" + new string('%', GiftCode.TypedLengthMax - 8)).ShouldBeNull();
    }

    [Fact]
    public void A_new_code_is_read_as_its_own_digits()
    {
        var code = GiftCode.New();

        GiftCode.Parse(code).ShouldBe(code.Replace("-", ""));
    }
}
