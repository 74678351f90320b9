using System.Text;

namespace Tokens.Wallet.Balances;

/// <summary>The changes of one commit as a message between hosts: who says it, then members' ids, balances and what moved them.</summary>
internal static class BalanceNews
{
    // Another release may say it in another way; what isn't understood is caught up with at the next heartbeat.
    private const byte Format = 1;

    internal static byte[] Write(Guid host, IEnumerable<BalanceChange> changes)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Format);
        writer.Write(host.ToByteArray());
        foreach (var change in changes)
        {
            writer.Write(change.MemberId.ToByteArray());
            writer.Write(change.Version);
            writer.Write(change.BalanceTokens);
            writer.Write(change.DeltaTokens);
            writer.Write(change.TransferId.ToByteArray());
            writer.Write(change.Kind);
        }

        return bytes.ToArray();
    }

    /// <summary>What another host says; nothing of this host's own echo.</summary>
    /// <exception cref="IOException">The message is cut off.</exception>
    internal static IEnumerable<BalanceChange> Read(Guid host, byte[] message)
    {
        using var bytes = new MemoryStream(message);
        using var reader = new BinaryReader(bytes, Encoding.UTF8);
        if (reader.ReadByte() != Format || ReadId(reader) == host)
        {
            yield break;
        }

        while (bytes.Position < bytes.Length)
        {
            var memberId = ReadId(reader);
            var (version, balance, delta) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
            var transferId = ReadId(reader);
            yield return new BalanceChange(memberId, version, balance, delta, reader.ReadString(), transferId);
        }
    }

    private static Guid ReadId(BinaryReader reader)
    {
        var bytes = reader.ReadBytes(16);
        return bytes.Length == 16 ? new Guid(bytes) : throw new EndOfStreamException();
    }
}
