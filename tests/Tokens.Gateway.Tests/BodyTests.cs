using System.Net;
using System.Security.Cryptography;
using Tokens.Gateway.Tests.Parts;

namespace Tokens.Gateway.Tests;

public sealed class BodyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_to_the_API_beyond_the_limit_is_413_and_never_sent(bool chunked)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("Gateway:BufferedBodyBytesMax", "2048"));

        using var response = await PostAsync(gateway, "/api/tokens/tip", bytes: 2049, chunked);

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
        problem.GetProperty("detail").GetString()!.ShouldContain("2048");
        api.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_to_the_API_at_the_limit_arrives_whole(bool chunked)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);

        using var response = await PostAsync(gateway, "/webhooks/stripe", bytes: 1_024 * 1_024, chunked);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        SHA256.HashData(api.Requests.Single().Body).ShouldBe(SHA256.HashData(Bytes(1_024 * 1_024)));
    }

    [Fact]
    public async Task A_short_request_to_the_API_arrives_in_one_piece()
    {
        await using var api = RawUpstream.Listening(exchange => exchange.AnswerAsync("200 OK", "{}"));
        await using var gateway = await RunningGateway.StartAsync(api.Url);

        // Two pieces may arrive as one by chance, but not twenty times.
        for (var i = 0; i < 20; i++)
        {
            using var response = await gateway.SendAsync(HttpMethod.Post, "/api/tokens/tip", new StringContent("{}"), ("X-Number", $"{i}"));
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        api.Pieces.ShouldBe(Enumerable.Repeat(1, 20));
        api.Requests[0].ShouldContain("Content-Length: 2\r\n");
        api.Requests[0].ShouldContain("Content-Type: text/plain; charset=utf-8\r\n");
        api.Requests[0].ShouldEndWith("\r\n\r\n{}");
    }

    [Fact]
    public async Task A_body_beside_the_API_may_be_larger_up_to_a_limit_of_its_own()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var legacy = await Upstream.StartAsync("legacy");
        await using var gateway = await RunningGateway.StartAsync(
            api.Url, ("LEGACY_API_URL", legacy.Url), ("Gateway:BufferedBodyBytesMax", "1024"), ("Gateway:StreamedBodyBytesMax", "100000"));

        using var fits = await PostAsync(gateway, "/api/upload", bytes: 100_000, chunked: false);
        using var tooLarge = await PostAsync(gateway, "/api/upload", bytes: 100_001, chunked: false);

        fits.StatusCode.ShouldBe(HttpStatusCode.OK);
        legacy.Requests.Single().Body.Length.ShouldBe(100_000);
        await tooLarge.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
    }

    [Fact]
    public async Task A_body_beside_the_API_is_streamed()
    {
        var arrived = new TaskCompletionSource();
        await using var api = await Upstream.StartAsync("api");
        await using var legacy = RawUpstream.Listening(async exchange =>
        {
            arrived.TrySetResult();
            await exchange.AnswerAsync("200 OK", "whole");
            await exchange.HangAsync();
        });
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("LEGACY_API_URL", legacy.Url));

        // The second half is only sent once the upstream has the beginning.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/upload") { Content = new TwoHalves(arrived.Task) };
        using var response = await gateway.Client.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).ShouldBe("whole");
    }

    [Fact]
    public async Task A_client_that_asks_before_sending_is_told_to_go_on_by_the_gateway_alone()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tokens/tip") { Content = new StringContent("{}") };
        request.Headers.ExpectContinue = true;

        using var response = await gateway.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        api.Requests.Single().Headers.ShouldNotContainKey("Expect");
        api.Requests.Single().Body.ShouldBe("{}"u8.ToArray());
    }

    [Theory]
    [InlineData("/api/tokens/tip")]
    [InlineData("/api/upload")]
    public async Task A_body_that_dribbles_is_408(string path)
    {
        await using var host = await Upstream.StartAsync("host");
        await using var gateway = await RunningGateway.StartAsync(
            host.Url,
            ("LEGACY_API_URL", host.Url),
            ("FRONTEND_URL", "https://app.example.com"),
            ("Gateway:BodyBytesPerSecondMin", "100000"),
            ("Gateway:BodyPaceGrace", "00:00:02"));

        using var answer = await RawClient.SendAsync(
            gateway.Address,
            $"POST {path} HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example.com\r\nContent-Length: 1000\r\n\r\nthe beginning");

        answer.Text.ShouldStartWith("HTTP/1.1 408");
        answer.Text.ShouldContain("application/problem+json");
        answer.Text.ShouldContain("\"code\":\"request_timeout\"");
        answer.Text.ShouldContain("X-Content-Type-Options: nosniff\r\n");
        answer.Text.Contains("Access-Control-Allow-Origin: https://app.example.com\r\n").ShouldBe(path == "/api/tokens/tip");
        host.Requests.ShouldBeEmpty();
    }

    private static Task<HttpResponseMessage> PostAsync(RunningGateway gateway, string path, int bytes, bool chunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Bytes(bytes)) };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;
        return gateway.Client.SendAsync(request);
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
        {
            bytes[i] = (byte)(i * 31);
        }

        return bytes;
    }

    private sealed class TwoHalves(Task release) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("first"u8.ToArray());
            await stream.FlushAsync();
            await release;
            await stream.WriteAsync("second"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
