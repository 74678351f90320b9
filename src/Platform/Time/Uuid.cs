using System.Security.Cryptography;

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
