using System.Security.Cryptography;

namespace Tokens.Platform.Secrets;

/// <summary>AES-256-GCM under a key that HKDF-SHA256 derives from a secret and a salt of the message's own.</summary>
internal static class KeyCipher
{
    private const int SaltBytes = 32;
    private const int KeyBytes = 32;

    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    /// <summary>Salt, nonce, tag and ciphertext, in this order.</summary>
    internal static byte[] Encrypt(ReadOnlySpan<byte> plain, byte[] secret)
    {
        var message = new byte[SaltBytes + NonceBytes + TagBytes + plain.Length];
        var parts = new Parts(message);
        RandomNumberGenerator.Fill(parts.Salt);
        RandomNumberGenerator.Fill(parts.Nonce);
        using var cipher = Open(secret, parts.Salt);
        cipher.Encrypt(parts.Nonce, plain, parts.Ciphertext, parts.Tag);
        return message;
    }

    /// <summary>What was encrypted under one of the secrets; null when it was under none of them, or changed since.</summary>
    internal static byte[]? TryDecrypt(byte[] message, IEnumerable<byte[]> secrets)
    {
        if (message.Length < SaltBytes + NonceBytes + TagBytes)
        {
            return null;
        }

        foreach (var secret in secrets)
        {
            var parts = new Parts(message);
            var plain = new byte[parts.Ciphertext.Length];
            using var cipher = Open(secret, parts.Salt);
            try
            {
                cipher.Decrypt(parts.Nonce, parts.Ciphertext, parts.Tag, plain);
                return plain;
            }
            // Encrypted under another one, so the next is tried.
            catch (AuthenticationTagMismatchException)
            {
            }
        }

        return null;
    }

    private static AesGcm Open(byte[] secret, ReadOnlySpan<byte> salt)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt, "data-protection-key"u8);
        return new AesGcm(key, TagBytes);
    }

    private readonly ref struct Parts(Span<byte> message)
    {
        internal readonly Span<byte> Salt = message[..SaltBytes];
        internal readonly Span<byte> Nonce = message.Slice(SaltBytes, NonceBytes);
        internal readonly Span<byte> Tag = message.Slice(SaltBytes + NonceBytes, TagBytes);
        internal readonly Span<byte> Ciphertext = message[(SaltBytes + NonceBytes + TagBytes)..];
    }
}
