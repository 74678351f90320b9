using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Tokens.GiftCards.Cards;

namespace Tokens.GiftCards.Codes;

/// <summary>
/// Encrypts the copy of a code that replays show. Its purpose names card and member, so that a row's copy opens no other row's; without
/// <c>DATA_PROTECTION_KEY</c> a dump of the database opens none.
/// </summary>
internal sealed class CodeSeal(IDataProtectionProvider protection)
{
    internal byte[] Seal(string code, Guid cardId, Guid memberId) =>
        ProtectorOf(cardId, memberId).Protect(Guid.Parse(code).ToByteArray(bigEndian: true));

    /// <summary>Returns the card's code; null when no copy is kept any more, or none that can be read.</summary>
    internal string? Open(GiftCard card)
    {
        if (card.SealedCode is not { } sealedCode)
        {
            return null;
        }

        try
        {
            return new Guid(ProtectorOf(card.Id, card.MemberId).Unprotect(sealedCode), bigEndian: true).ToString();
        }
        // Its key is gone, or the copy is another card's: as if it were deleted.
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector ProtectorOf(Guid cardId, Guid memberId) =>
        protection.CreateProtector("gift card code", cardId.ToString(), memberId.ToString());
}
