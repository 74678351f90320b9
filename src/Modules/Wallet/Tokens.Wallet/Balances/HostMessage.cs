using System.Text;

namespace Tokens.Wallet.Balances;

/// <summary>What one host tells the others: who says it, then changes of balances and notices, each with the member's id.</summary>
internal static class HostMessage
{
    // Another release may say it in another way; what isn't understood is caught up with at the next heartbeat.
    private const byte Format = 2;

    private enum Kind : byte
    {
        Change = 1,
        Notice = 2,
    }

    internal static byte[] Write(Guid host, IEnumerable<IBalanceNews> news)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Format);
        writer.Write(host.ToByteArray());
        foreach (var each in news)
        {
            Write(writer, each);
        }

        return bytes.ToArray();
    }

    /// <summary>What another host says; nothing of this host's own echo.</summary>
    /// <exception cref="IOException">The message is cut off.</exception>
    /// <exception cref="FormatException">It tells of something unknown.</exception>
    internal static IEnumerable<IBalanceNews> Read(Guid host, byte[] message)
    {
        using var bytes = new MemoryStream(message);
        using var reader = new BinaryReader(bytes, Encoding.UTF8);
        if (reader.ReadByte() != Format || ReadId(reader) == host)
        {
            yield break;
        }

        while (bytes.Position < bytes.Length)
        {
            yield return ReadOne(reader);
        }
    }

    private static void Write(BinaryWriter writer, IBalanceNews news)
    {
        switch (news)
        {
            case BalanceChange change:
                writer.Write((byte)Kind.Change);
                writer.Write(change.MemberId.ToByteArray());
                writer.Write(change.Version);
                writer.Write(change.BalanceTokens);
                writer.Write(change.DeltaTokens);
                writer.Write(change.TransferId.ToByteArray());
                writer.Write(change.Kind);
                break;
            case BalanceNotice notice:
                writer.Write((byte)Kind.Notice);
                writer.Write(notice.MemberId.ToByteArray());
                writer.Write(notice.Name);
                writer.Write(notice.Json);
                break;
            default:
                throw new ArgumentException($"{news.GetType()} has no place in a message.", nameof(news));
        }
    }

    private static IBalanceNews ReadOne(BinaryReader reader)
    {
        var kind = (Kind)reader.ReadByte();
        var memberId = ReadId(reader);
        if (kind == Kind.Notice)
        {
            return new BalanceNotice(memberId, reader.ReadString(), reader.ReadString());
        }

        if (kind != Kind.Change)
        {
            throw new FormatException($"{kind} is neither a change nor a notice.");
        }

        var (version, balance, delta) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        var transferId = ReadId(reader);
        return new BalanceChange(memberId, version, balance, delta, reader.ReadString(), transferId);
    }

    private static Guid ReadId(BinaryReader reader)
    {
        var bytes = reader.ReadBytes(16);
        return bytes.Length == 16 ? new Guid(bytes) : throw new EndOfStreamException();
    }
}
