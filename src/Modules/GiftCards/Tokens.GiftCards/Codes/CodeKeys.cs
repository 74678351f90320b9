using System.Security.Cryptography;
using System.Text;
using Tokens.GiftCards.Cards;

namespace Tokens.GiftCards.Codes;

/// <summary>The peppers in use: the first writes, all of them look codes up.</summary>
internal sealed class CodeKeys
{
    private readonly IReadOnlyList<CodeKey> _keys;

    internal CodeKeys(IEnumerable<byte[]> peppers) => _keys = [.. peppers.Select(pepper => new CodeKey(pepper))];

    /// <summary>The code as the row of that card keeps it.</summary>
    internal StoredCode Store(string code, Guid cardId, Guid memberId)
    {
        var key = _keys[0];
        return new StoredCode(key.Hash(code), key.Id, GiftCode.Last4Of(code), key.Seal(code, cardId, memberId));
    }

    /// <summary>As <see cref="Store"/>, for a code that is never shown again.</summary>
    internal StoredCode HashOnly(string code) => new(_keys[0].Hash(code), _keys[0].Id, GiftCode.Last4Of(code), Sealed: null);

    /// <summary>What the code would be stored as, under each pepper.</summary>
    /// <param name="code">A code that <see cref="GiftCode.Parse"/> takes.</param>
    internal IReadOnlyList<byte[]> HashesOf(string code) => [.. _keys.Select(key => key.Hash(code))];

    /// <summary>The card's code; null when it isn't kept any more, or its pepper isn't.</summary>
    internal string? Open(GiftCard card) => card.SealedCode is { } sealedCode
        ? _keys.FirstOrDefault(key => key.Id == card.PepperId)?.Open(sealedCode, card.Id, card.MemberId)
        : null;

    private sealed class CodeKey
    {
        private const int NonceBytes = 12;
        private const int TagBytes = 16;
        private const int CodeBytes = 16;
        private const int IdBytes = 8;

        private readonly byte[] _pepper;
        private readonly byte[] _sealKey;

        internal CodeKey(byte[] pepper)
        {
            _pepper = pepper;
            _sealKey = Derive("gift card code seal 1", 32);
            Id = Convert.ToHexStringLower(Derive("gift card pepper id 1", IdBytes));
        }

        internal string Id { get; }

        internal byte[] Hash(string code)
        {
            var digits = GiftCode.Parse(code) ?? throw new ArgumentException("The text is no gift card code.", nameof(code));
            return HMACSHA256.HashData(_pepper, Encoding.UTF8.GetBytes(digits));
        }

        /// <summary>Nonce, ciphertext, tag: bound to card and member, so that a row's copy opens no other row's.</summary>
        internal byte[] Seal(string code, Guid cardId, Guid memberId)
        {
            var result = new byte[NonceBytes + CodeBytes + TagBytes];
            var nonce = result.AsSpan(0, NonceBytes);
            RandomNumberGenerator.Fill(nonce);
            using var cipher = new AesGcm(_sealKey, TagBytes);
            cipher.Encrypt(
                nonce,
                Guid.Parse(code).ToByteArray(bigEndian: true),
                result.AsSpan(NonceBytes, CodeBytes),
                result.AsSpan(NonceBytes + CodeBytes),
                Bound(cardId, memberId));
            return result;
        }

        /// <exception cref="AuthenticationTagMismatchException">The copy was changed, or is another card's.</exception>
        internal string Open(ReadOnlySpan<byte> sealedCode, Guid cardId, Guid memberId)
        {
            Span<byte> code = stackalloc byte[CodeBytes];
            using var cipher = new AesGcm(_sealKey, TagBytes);
            cipher.Decrypt(
                sealedCode[..NonceBytes],
                sealedCode.Slice(NonceBytes, CodeBytes),
                sealedCode[(NonceBytes + CodeBytes)..],
                code,
                Bound(cardId, memberId));
            return new Guid(code, bigEndian: true).ToString();
        }

        private static byte[] Bound(Guid cardId, Guid memberId) =>
            [.. cardId.ToByteArray(bigEndian: true), .. memberId.ToByteArray(bigEndian: true)];

        private byte[] Derive(string purpose, int length) =>
            HKDF.DeriveKey(HashAlgorithmName.SHA256, _pepper, length, info: Encoding.UTF8.GetBytes(purpose));
    }
}
