using System.Net.Sockets;
using System.Text;

namespace Tokens.Gateway.Tests.Parts;

/// <summary>Sends bytes that no client library would, and keeps the whole answer.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _tcp = new();

    internal string Text { get; private set; } = "";

    internal static Task<RawClient> SendAsync(Uri address, string request) => SendAsync(address, Encoding.UTF8.GetBytes(request));

    /// <summary>Sends <paramref name="request"/> and reads until the other side closes.</summary>
    internal static async Task<RawClient> SendAsync(Uri address, byte[] request)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var client = new RawClient();
        await client._tcp.ConnectAsync(address.Host, address.Port, deadline.Token);
        var stream = client._tcp.GetStream();
        await stream.WriteAsync(request, deadline.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        client.Text = await reader.ReadToEndAsync(deadline.Token);
        return client;
    }

    public void Dispose() => _tcp.Dispose();
}
