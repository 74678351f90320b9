using Microsoft.AspNetCore.DataProtection;
using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Codes;

namespace Tokens.GiftCards.Tests.Codes;

public sealed class CodeSealTests
{
    private const string Code = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private readonly CodeSeal _seal = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void A_copy_opens_for_its_own_card_and_member_alone()
    {
        var (card, member) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var copy = _seal.Seal(Code, card, member);

        _seal.Open(CardOf(card, member, copy)).ShouldBe(Code);
        // Moved into another row, it opens nothing.
        _seal.Open(CardOf(Guid.CreateVersion7(), member, copy)).ShouldBeNull();
        _seal.Open(CardOf(card, Guid.CreateVersion7(), copy)).ShouldBeNull();
    }

    [Fact]
    public void A_copy_that_was_changed_or_whose_key_is_gone_is_none()
    {
        var (card, member) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var copy = _seal.Seal(Code, card, member);
        new CodeSeal(new EphemeralDataProtectionProvider()).Open(CardOf(card, member, copy)).ShouldBeNull();

        copy[^1] ^= 1;

        _seal.Open(CardOf(card, member, copy)).ShouldBeNull();
        _seal.Open(CardOf(card, member, [])).ShouldBeNull();
        _seal.Open(CardOf(card, member, copy: null)).ShouldBeNull();
    }

    [Fact]
    public void A_copy_does_not_show_the_code() =>
        Convert.ToHexStringLower(_seal.Seal(Code, Guid.Empty, Guid.Empty)).ShouldNotContain(Code.Replace("-", ""));

    private static GiftCard CardOf(Guid id, Guid memberId, byte[]? copy)
    {
        var stored = new CodeKeys([[1]]).Store(Code) with { Sealed = copy };
        var now = DateTime.UnixEpoch;
        return GiftCard.Open(new CardOrder(memberId, null, 10, null, 30), id, stored, now, now.AddHours(24), now);
    }
}
