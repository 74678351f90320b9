using System.Security.Cryptography;
using System.Text;
using Tokens.GiftCards.Codes;

namespace Tokens.GiftCards.Tests.Codes;

public sealed class CodeKeysTests
{
    private const string Code = "0f8fad5b-d9cb-469f-a165-70867728950e";

    [Fact]
    public void The_first_pepper_writes_and_all_of_them_look_up()
    {
        var before = Keys("old");
        var stored = before.Store(Code);

        var after = Keys("new", "old");

        Hex(after).ShouldContain(Convert.ToHexString(stored.Hash));
        after.Store(Code).PepperId.ShouldNotBe(stored.PepperId);
        Hex(Keys("new")).ShouldNotContain(Convert.ToHexString(stored.Hash));
    }

    [Fact]
    public void The_hash_is_HMAC_SHA256_over_the_bare_code()
    {
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes("old"), Encoding.UTF8.GetBytes(Code.Replace("-", "")));

        Keys("old").HashesOf($" {Code.ToUpperInvariant()}\n").ShouldHaveSingleItem().ShouldBe(expected);
    }

    [Fact]
    public void Text_that_is_no_code_has_no_hash() => Should.Throw<ArgumentException>(() => Keys("old").HashesOf("no code at all"));

    private static IEnumerable<string> Hex(CodeKeys keys) => keys.HashesOf(Code).Select(Convert.ToHexString);

    private static CodeKeys Keys(params string[] peppers) => new(peppers.Select(Encoding.UTF8.GetBytes));
}
