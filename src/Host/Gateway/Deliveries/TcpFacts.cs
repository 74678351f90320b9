using System.Net.Sockets;

namespace Tokens.Host.Gateway.Deliveries;

/// <summary>The state of a connection in the operating system: Linux's <c>TCP_INFO</c>.</summary>
/// <param name="IsClosed">The client has reset the connection, or it is closed in both directions.</param>
/// <param name="UnackedSegments">Segments that were sent and not acknowledged.</param>
/// <param name="UnsentBytes">Bytes that wait to be sent.</param>
/// <param name="AckedBytes">Bytes that the client's system has acknowledged since the connection was opened.</param>
internal readonly record struct TcpFacts(bool IsClosed, uint UnackedSegments, uint UnsentBytes, ulong AckedBytes)
{
    private const int ProtocolTcp = 6;
    private const int OptionTcpInfo = 11;
    private const int StateClosed = 7;

    // Offsets in struct tcp_info, to which Linux only ever appends.
    private const int UnackedOffset = 24;
    private const int AckedBytesOffset = 120;
    private const int UnsentOffset = 144;
    private const int Length = 148;

    /// <summary>Null where the system tells nothing: not Linux, not TCP, or a socket that was closed here.</summary>
    internal static TcpFacts? Read(Socket? socket)
    {
        if (socket is null || !OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> info = stackalloc byte[Length];
        try
        {
            return socket.GetRawSocketOption(ProtocolTcp, OptionTcpInfo, info) == Length ? Parse(info) : null;
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    // In the machine's own byte order.
    private static TcpFacts Parse(ReadOnlySpan<byte> info) => new(
        info[0] == StateClosed,
        BitConverter.ToUInt32(info[UnackedOffset..]),
        BitConverter.ToUInt32(info[UnsentOffset..]),
        BitConverter.ToUInt64(info[AckedBytesOffset..]));
}
