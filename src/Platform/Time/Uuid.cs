using System.Security.Cryptography;
using System.Text;

namespace Tokens.Platform.Time;

/// <summary>Makes the ids of rows and of secrets.</summary>
public static class Uuid
{
    /// <summary>A version-7 UUID: ordered by the time of <paramref name="time"/>, so that indexes grow at one end.</summary>
    public static Guid New(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return Guid.CreateVersion7(time.GetUtcNow());
    }

    /// <summary>
    /// A version-7 UUID that is always the same for the same moment and name, so that what is taken over twice has one id.
    /// </summary>
    /// <param name="moment">UTC, from 1970 on; the id is ordered by it.</param>
    /// <param name="name">What tells it from others of that moment; no secret can be read from the id, but a guess be confirmed.</param>
    public static Guid Of(DateTime moment, string name)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(new DateTimeOffset(moment)).TryWriteBytes(bytes, bigEndian: true, out _);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        bytes[6] = (byte)(0x70 | (hash[0] & 0x0F));
        hash.AsSpan(1, 9).CopyTo(bytes[7..]);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>A version-4 UUID with 122 bits from the cryptographic generator: unguessable, for sessions and codes.</summary>
    public static Guid NewRandom()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
