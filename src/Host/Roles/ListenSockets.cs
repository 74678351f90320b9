using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Tokens.Host.Roles;

/// <summary>Sets how much the kernel holds for the connections of a listener.</summary>
internal static class ListenSockets
{
    /// <summary>
    /// Limits the bytes that the kernel takes of an answer before its reader has received them. By default these are up to 4 MB a
    /// connection, and over loopback 2.5 MB from the start.
    /// </summary>
    internal static void LimitSendBuffer(this SocketTransportOptions sockets, int bytes) => sockets.CreateBoundListenSocket = endpoint =>
    {
        // Accepted connections inherit the size.
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        socket.SendBufferSize = bytes;
        return socket;
    };
}
