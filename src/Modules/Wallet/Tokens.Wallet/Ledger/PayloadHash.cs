using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Ledger;

/// <summary>SHA-256 over what a posting says, in one canonical form: a repeat hashes alike however it was spelt.</summary>
internal static class PayloadHash
{
    internal static byte[] Of(IReadOnlyList<Leg> legs, string? reference, string? channel, string? message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var leg in legs)
        {
            Append(hash, leg.From);
            Append(hash, leg.To);
            Append(hash, leg.Tokens);
            Append(hash, (long)leg.Kind);
        }

        Append(hash, reference);
        Append(hash, channel);
        Append(hash, message);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, Account account)
    {
        Span<byte> id = stackalloc byte[16];
        account.MemberId.TryWriteBytes(id, bigEndian: true, out _);
        hash.AppendData(id);
        Append(hash, (long)account.System);
    }

    private static void Append(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        hash.AppendData(bytes);
    }

    // The length first, so that "ab" + "c" and "a" + "bc" differ; -1 tells a missing text from an empty one.
    private static void Append(IncrementalHash hash, string? text)
    {
        Append(hash, text is null ? -1 : text.Length);
        if (text is not null)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }
    }
}
