using System.Buffers.Binary;

namespace Tokens.Platform.Identity;

/// <summary>Version-8 UUIDs that the product uses for itself; no sign-in may carry one as its subject.</summary>
public static class ReservedIds
{
    private const ulong High = 0x00000000_0000_8000;
    private const ulong Variant = 0x8000_0000_0000_0000;

    /// <summary>The reserved id with these 62 low bits.</summary>
    public static Guid Make(ulong low)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Variant | (low & ~(3UL << 62)));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Whether the id is reserved; the empty id is too.</summary>
    public static bool Covers(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) == High || id == Guid.Empty;
    }
}
