using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tokens.Gateway.Tests.Parts;
using Tokens.Platform.Deliveries;
using Tokens.Testing;

namespace Tokens.Gateway.Tests;

/// <summary>An answer that names a receipt is confirmed to an API host once the client has taken it, and only then.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private const string Receipt = "0193c8a0-0000-7000-8000-000000000001";
    private const string BrokenReceipt = "0193c8a0-0000-7000-8000-000000000002";
    private const string Path = "/api/tokens/purchase";
    private const string BrokenPath = "/api/tokens/quick-purchase";
    private static readonly TimeSpan Soon = Eventually.Deadline;
    private static readonly (string Key, string Value) Patient = ("Gateway:DeliveryGrace", "00:00:02");

    private readonly ConcurrentQueue<string> _confirmed = new();
    private readonly ConcurrentQueue<int> _refusals = new();
    private Upstream _api = null!;

    public async Task InitializeAsync() => _api = await Upstream.StartAsync(async context =>
    {
        if (context.Request.Path.StartsWithSegments(DeliveryProtocol.Path, out var receipt))
        {
            if (_refusals.TryDequeue(out var status))
            {
                context.Response.StatusCode = status;
                return;
            }

            _confirmed.Enqueue(receipt.Value!.TrimStart('/'));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (context.Request.Path == Path)
        {
            context.Response.Headers[DeliveryProtocol.ReceiptHeader] = Receipt;
        }

        context.Response.ContentLength = 4;
        if (context.Request.Path == BrokenPath)
        {
            context.Response.Headers[DeliveryProtocol.ReceiptHeader] = BrokenReceipt;
            await context.Response.StartAsync();
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await context.Response.WriteAsync("paid");
    });

    [Fact]
    public async Task A_client_that_keeps_its_connection_has_taken_the_answer_after_a_while()
    {
        await using var gateway = await RunningGateway.StartAsync(_api.Url, ("Gateway:DeliveryGrace", "00:00:00.100"));

        using var response = await gateway.SendAsync(HttpMethod.Post, Path, headers: [(DeliveryProtocol.OfferHeader, "forged")]);

        response.Headers.Contains(DeliveryProtocol.ReceiptHeader).ShouldBeFalse();
        _api.Requests[0].Headers[DeliveryProtocol.OfferHeader].ShouldBe("1");
        await IsConfirmedAsync();
    }

    [Fact]
    public async Task A_client_that_asks_again_on_its_connection_has_read_the_answer()
    {
        await using var gateway = await RunningGateway.StartAsync(_api.Url, Patient);
        using var client = await ConnectAsync(gateway);
        await AskAsync(client, Path);
        var answered = TimeProvider.System.GetTimestamp();
        await AskAsync(client, "/api/tokens/balance");

        await IsConfirmedAsync();

        TimeProvider.System.GetElapsedTime(answered).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Connection: close\r\n")]
    public async Task A_client_that_closes_its_connection_after_it_read_the_answer_has_taken_it(string headers)
    {
        await using var gateway = await RunningGateway.StartAsync(_api.Url, Patient);
        using var client = await ConnectAsync(gateway);
        await AskAsync(client, Path, headers);
        var answered = TimeProvider.System.GetTimestamp();
        client.Close();

        await IsConfirmedAsync();

        TimeProvider.System.GetElapsedTime(answered).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_client_that_ends_without_reading_the_answer_has_not_taken_it()
    {
        await using var gateway = await RunningGateway.StartAsync(_api.Url, Patient);
        using (var client = await ConnectAsync(gateway))
        {
            await client.SendAsync(Request(Path));
            await Eventually.BecomesTrueAsync(() => client.Available > 0, Soon, "the answer waits to be read");
        }

        // A later answer of another connection is confirmed, so the first one would have been by now.
        using var other = await ConnectAsync(gateway);
        await AskAsync(other, Path);
        other.Close();
        await IsConfirmedAsync();
        _confirmed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_error_in_the_place_of_an_answer_that_broke_off_is_no_delivery_of_it()
    {
        await using var gateway = await RunningGateway.StartAsync(_api.Url, ("Gateway:DeliveryGrace", "00:00:00.010"));

        using (var broken = await gateway.SendAsync(HttpMethod.Post, BrokenPath))
        {
            ((int)broken.StatusCode).ShouldBe(502);
            await broken.Content.ReadAsByteArrayAsync();
        }

        // A later answer is confirmed, so the first one would have been by now.
        using var response = await gateway.SendAsync(HttpMethod.Post, Path);
        await IsConfirmedAsync();
        _confirmed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_confirmation_that_a_host_could_not_take_is_sent_again()
    {
        await using var gateway = await RunningGateway.StartAsync(_api.Url, ("Gateway:DeliveryGrace", "00:00:00.010"));
        _refusals.Enqueue(503);
        _refusals.Enqueue(500);

        using var response = await gateway.SendAsync(HttpMethod.Post, Path);

        await IsConfirmedAsync();
        _refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_without_a_receipt_is_confirmed_to_nobody()
    {
        await using var gateway = await RunningGateway.StartAsync(_api.Url, ("Gateway:DeliveryGrace", "00:00:00.010"));
        using var plain = await gateway.SendAsync(HttpMethod.Post, "/api/tokens/tip");
        using var named = await gateway.SendAsync(HttpMethod.Post, Path);
        await IsConfirmedAsync();
        _confirmed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_route_of_confirmations_is_not_reached_through_the_gateway()
    {
        await using var gateway = await RunningGateway.StartAsync(_api.Url);
        using var response = await gateway.SendAsync(HttpMethod.Post, $"{DeliveryProtocol.Path}/{Receipt}");
        ((int)response.StatusCode).ShouldBe(404);
        _confirmed.ShouldBeEmpty();
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    private Task IsConfirmedAsync() => Eventually.BecomesTrueAsync(() => _confirmed.Contains(Receipt), Soon, "the answer is confirmed");

    private static async Task<Socket> ConnectAsync(RunningGateway gateway)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port);
        return client;
    }

    private static byte[] Request(string path, string headers = "") =>
        Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Content-Length: 0\r\n\r\n");

    private static async Task AskAsync(Socket client, string path, string headers = "")
    {
        await client.SendAsync(Request(path, headers));
        var text = "";
        var buffer = new byte[4_096];
        while (!text.EndsWith("paid", StringComparison.Ordinal))
        {
            var read = await client.ReceiveAsync(buffer);
            read.ShouldBeGreaterThan(0);
            text += Encoding.ASCII.GetString(buffer, 0, read);
        }
    }
}
