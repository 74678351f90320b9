using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Tokens.Testing.Products;

/// <summary>Ports for processes that must be told theirs, because they come back on the same one.</summary>
public static class LoopbackPort
{
    // Below the ephemeral range: while its process is down, an outgoing connection could otherwise take the port, and a client
    // that goes on calling could even end up connected to itself.
    private const int First = 20_000;
    private const int AfterLast = 32_000;
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A port that nobody listens on now, given to nobody else in this process.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, AfterLast);
            if (Given.TryAdd(port, true) && IsFree(port))
            {
                return port;
            }
        }
    }

    /// <summary>An address on such a port.</summary>
    public static Uri Address() => new($"http://127.0.0.1:{Free()}");

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
