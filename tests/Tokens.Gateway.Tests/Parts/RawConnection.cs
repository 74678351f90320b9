using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tokens.Gateway.Tests.Parts;

/// <summary>A connection on which a test decides when which bytes are sent and read.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _tcp;

    private RawConnection(TcpClient tcp) => _tcp = tcp;

    /// <summary>Connects, from the loopback address <paramref name="from"/> if it is given.</summary>
    internal static async Task<RawConnection> OpenAsync(Uri address, string from = "127.0.0.1")
    {
        var tcp = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        await tcp.ConnectAsync(address.Host, address.Port);
        return new RawConnection(tcp);
    }

    internal Task SendAsync(string text) => _tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    /// <summary>Reads until <paramref name="text"/> has come, and returns everything up to then; less, if the other side closes first.</summary>
    internal async Task<string> ReadUntilAsync(string text)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var read = new StringBuilder();
        var buffer = new byte[1];
        try
        {
            while (!read.ToString().EndsWith(text, StringComparison.Ordinal) && await _tcp.GetStream().ReadAsync(buffer, deadline.Token) > 0)
            {
                read.Append((char)buffer[0]);
            }
        }
        catch (IOException)
        {
            // Closed with a reset.
        }

        return read.ToString();
    }

    public void Dispose() => _tcp.Dispose();
}
