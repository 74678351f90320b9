using System.Net;
using System.Net.Sockets;
using Tokens.Host.Gateway;

namespace Tokens.Gateway.Tests;

public sealed class ConnectionTests
{
    [Fact]
    public async Task A_write_that_the_socket_takes_marks_the_attempt_as_sent()
    {
        var (connection, host) = await ConnectAsync();
        await using var _ = connection;
        using var __ = host;
        var attempt = Attempt.Begin(holdsBackGatewayErrors: false);

        await connection.WriteAsync("GET"u8.ToArray());

        attempt.Sent.ShouldBeTrue();
    }

    [Fact]
    public async Task A_connection_reset_before_the_first_write_leaves_the_attempt_unsent()
    {
        var (connection, host) = await ConnectAsync();
        await using var _ = connection;
        host.LingerState = new LingerOption(enable: true, seconds: 0);
        host.Dispose();
        await Should.ThrowAsync<IOException>(async () => await connection.ReadExactlyAsync(new byte[1]));
        var attempt = Attempt.Begin(holdsBackGatewayErrors: false);

        await Should.ThrowAsync<IOException>(async () => await connection.WriteAsync("GET"u8.ToArray()));

        attempt.Sent.ShouldBeFalse();
    }

    [Fact]
    public async Task An_attempt_that_left_on_one_connection_does_not_leave_on_another()
    {
        var (first, firstHost) = await ConnectAsync();
        var (second, secondHost) = await ConnectAsync();
        await using var _ = first;
        await using var __ = second;
        using var ___ = firstHost;
        Attempt.Begin(holdsBackGatewayErrors: false);
        await first.WriteAsync("POST"u8.ToArray());

        await Should.ThrowAsync<IOException>(async () => await second.WriteAsync("POST"u8.ToArray()));

        await second.DisposeAsync();
        (await secondHost.ReceiveAsync(new byte[10])).ShouldBe(0);
        secondHost.Dispose();
    }

    [Fact]
    public async Task A_health_check_writes_without_an_attempt()
    {
        var (connection, host) = await ConnectAsync();
        await using var _ = connection;
        using var __ = host;

        await connection.WriteAsync("GET"u8.ToArray());

        (await host.ReceiveAsync(new byte[10])).ShouldBe(3);
    }

    private static async Task<(Connection Connection, Socket Host)> ConnectAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndPoint!);
        return (new Connection(new NetworkStream(client, ownsSocket: true)), await listener.AcceptAsync());
    }
}
