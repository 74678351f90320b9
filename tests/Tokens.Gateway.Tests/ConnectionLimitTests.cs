using System.Net.Sockets;
using Tokens.Gateway.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Gateway.Tests;

public sealed class ConnectionLimitTests
{
    private const int Max = 2;
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    [Fact]
    public async Task An_address_may_have_so_many_connections_open_and_one_that_closes_makes_place()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(
            api.Url, ("TRUSTED_PROXIES", "10.0.0.0/8"), ("Gateway:AddressConnectionsMax", $"{Max}"));
        using var first = await RawConnection.OpenAsync(gateway.Address);
        using var second = await RawConnection.OpenAsync(gateway.Address);
        (await IsServedAsync(first)).ShouldBeTrue();
        (await IsServedAsync(second)).ShouldBeTrue();

        (await IsTakenAsync(gateway)).ShouldBeFalse();
        using var elsewhere = await RawConnection.OpenAsync(gateway.Address, from: "127.0.0.2");

        (await IsServedAsync(elsewhere)).ShouldBeTrue();
        first.Dispose();
        await Eventually.BecomesTrueAsync(() => IsTakenAsync(gateway), Deadline, "a connection of the address is taken again");
    }

    [Fact]
    public async Task The_connections_of_a_trusted_proxy_are_not_counted()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("Gateway:AddressConnectionsMax", $"{Max}"));
        var connections = new List<RawConnection>();
        for (var i = 0; i < Max + 1; i++)
        {
            connections.Add(await RawConnection.OpenAsync(gateway.Address));
        }

        foreach (var connection in connections)
        {
            (await IsServedAsync(connection)).ShouldBeTrue();
            connection.Dispose();
        }
    }

    private static async Task<bool> IsTakenAsync(RunningGateway gateway)
    {
        try
        {
            using var connection = await RawConnection.OpenAsync(gateway.Address);
            return await IsServedAsync(connection);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Closed before the connection was even known here to be open.
            return false;
        }
    }

    private static async Task<bool> IsServedAsync(RawConnection connection)
    {
        try
        {
            await connection.SendAsync("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        catch (IOException)
        {
            return false;
        }

        return (await connection.ReadUntilAsync("}")).StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
    }
}
