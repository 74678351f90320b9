using System.Security.Cryptography;
using System.Text;

namespace Tokens.GiftCards.Codes;

/// <summary>The peppers in use: the first writes, all of them look codes up.</summary>
internal sealed class CodeKeys
{
    private readonly IReadOnlyList<CodeKey> _keys;

    internal CodeKeys(IEnumerable<byte[]> peppers) => _keys = [.. peppers.Select(pepper => new CodeKey(pepper))];

    /// <summary>The code as a row keeps it, without a copy for replays.</summary>
    internal StoredCode Store(string code) => new(_keys[0].Hash(code), _keys[0].Id, GiftCode.Last4Of(code), Sealed: null);

    /// <summary>What the code would be stored as, under each pepper.</summary>
    /// <param name="code">A code that <see cref="GiftCode.Parse"/> takes.</param>
    internal IReadOnlyList<byte[]> HashesOf(string code) => [.. _keys.Select(key => key.Hash(code))];

    private sealed class CodeKey(byte[] pepper)
    {
        private const int IdBytes = 8;

        internal string Id { get; } = Convert.ToHexStringLower(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, pepper, IdBytes, info: "gift card pepper id 1"u8.ToArray()));

        internal byte[] Hash(string code)
        {
            var digits = GiftCode.Parse(code) ?? throw new ArgumentException("The text is no gift card code.", nameof(code));
            return HMACSHA256.HashData(pepper, Encoding.UTF8.GetBytes(digits));
        }
    }
}
