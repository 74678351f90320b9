using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tokens.StripeSandbox.Faults;

internal sealed class SystemChance : IChance
{
    private const int FractionBits = 53;

    public double Draw()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> (64 - FractionBits)) / (double)(1UL << FractionBits);
    }
}
