using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Tokens.Bench.Products;

/// <summary>Ports for a process that must be told its own.</summary>
internal static class LoopbackPort
{
    // Below the ephemeral range, so that no outgoing connection takes the port between the look and the start.
    internal static int Free()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }
}
