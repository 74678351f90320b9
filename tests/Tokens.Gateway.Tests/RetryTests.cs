using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Tokens.Gateway.Tests.Parts;

namespace Tokens.Gateway.Tests;

public sealed class RetryTests
{
    private const string Body = """{"amountTokens":100}""";

    private static readonly (string, string) Key = ("Idempotency-Key", "\"tip-1\"");

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task A_refused_connection_goes_to_the_next_host_whatever_the_method(string method)
    {
        await using var down = RawUpstream.Refusing();
        await using var alive = await Upstream.StartAsync("alive");
        await using var gateway = await RunningGateway.StartAsync([down.Url, alive.Url], ("Gateway:HealthInterval", "00:01:00"));

        for (var i = 0; i < 10; i++)
        {
            using var response = await gateway.SendAsync(new HttpMethod(method), "/api/tokens/tip", new StringContent(Body));
            (await response.Content.ReadAsStringAsync()).ShouldBe("alive");
        }

        alive.Requests.Count.ShouldBe(10);
        alive.Requests.ShouldAllBe(seen => seen.Body.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(Body)));
    }

    [Fact]
    public async Task A_connection_that_does_not_open_in_time_goes_to_the_next_host()
    {
        // A listener that accepts nothing: once its queue is full, connecting to it hangs.
        using var stuck = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        stuck.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        stuck.Listen(backlog: 1);
        using var queue = await FillAsync((IPEndPoint)stuck.LocalEndPoint!);
        await using var gateway = await RunningGateway.StartAsync(
            [$"http://{stuck.LocalEndPoint}"], ("Gateway:ConnectTimeout", "00:00:00.200"));

        using var response = await gateway.SendAsync(HttpMethod.Post, "/api/tokens/tip", new StringContent(Body));

        // Nothing was sent on either attempt, which is another answer than the 504 of a host that stays silent.
        await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "upstream_unavailable");
    }

    [Fact]
    public async Task No_host_at_all_is_503_with_a_time_to_come_back()
    {
        await using var down = RawUpstream.Refusing();
        await using var other = RawUpstream.Refusing();
        await using var gateway = await RunningGateway.StartAsync([down.Url, other.Url], ("Gateway:RetryAfter", "00:00:07"));

        using var response = await gateway.SendAsync(HttpMethod.Get, "/api/v1/wallet");

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "upstream_unavailable");
        problem.GetProperty("title").GetString().ShouldBe("Service unavailable");
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_GET_is_repeated_once_at_the_only_host(bool reset)
    {
        await using var host = RawUpstream.Listening(exchange => reset ? exchange.ResetAsync() : exchange.CloseAsync());
        await using var gateway = await RunningGateway.StartAsync(host.Url);

        using var response = await gateway.SendAsync(HttpMethod.Get, "/api/tokens/balance");

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadGateway, "upstream_unavailable");
        problem.GetProperty("title").GetString().ShouldBe("Bad gateway");
        host.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("POST", true)]
    [InlineData("POST", false)]
    [InlineData("PUT", false)]
    [InlineData("DELETE", true)]
    public async Task A_broken_request_without_a_key_is_not_repeated(string method, bool reset)
    {
        await using var host = RawUpstream.Listening(exchange => reset ? exchange.ResetAsync() : exchange.CloseAsync());
        await using var gateway = await RunningGateway.StartAsync(host.Url);

        using var response = await gateway.SendAsync(new HttpMethod(method), "/api/tokens/tip", new StringContent(Body));

        await response.ShouldBeProblemAsync(HttpStatusCode.BadGateway, "upstream_unavailable");
        host.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData(" ")]
    public async Task An_empty_key_counts_as_none(string key)
    {
        await using var host = RawUpstream.Listening(exchange => exchange.CloseAsync());
        await using var gateway = await RunningGateway.StartAsync(host.Url);

        using var response = await gateway.SendAsync(
            HttpMethod.Post, "/api/tokens/tip", new StringContent(Body), ("Idempotency-Key", key));

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        host.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_broken_POST_with_a_key_is_repeated_with_its_body_and_headers()
    {
        var tries = 0;
        await using var host = RawUpstream.Listening(
            exchange => Interlocked.Increment(ref tries) == 1 ? exchange.ResetAsync() : exchange.AnswerAsync("200 OK", "done"));
        await using var gateway = await RunningGateway.StartAsync(host.Url);

        using var response = await gateway.SendAsync(HttpMethod.Post, "/api/tokens/tip", new StringContent(Body), Key);

        (await response.Content.ReadAsStringAsync()).ShouldBe("done");
        host.Requests.Count.ShouldBe(2);
        host.Requests[1].ShouldBe(host.Requests[0]);
        host.Requests[1].ShouldContain("Idempotency-Key: \"tip-1\"");
        host.Requests[1].ShouldEndWith(Body);
    }

    [Fact]
    public async Task A_broken_request_is_repeated_at_another_host()
    {
        await using var broken = RawUpstream.Listening(exchange => exchange.CloseAsync());
        await using var alive = await Upstream.StartAsync("alive");
        await using var gateway = await RunningGateway.StartAsync([broken.Url, alive.Url]);

        // Either may be chosen first: enough requests that some meet the broken one.
        for (var i = 0; i < 30; i++)
        {
            using var response = await gateway.SendAsync(HttpMethod.Post, "/api/tokens/tip", new StringContent(Body), Key);
            (await response.Content.ReadAsStringAsync()).ShouldBe("alive");
        }

        broken.Requests.ShouldNotBeEmpty();
        alive.Requests.Count.ShouldBe(30);
    }

    [Theory]
    [InlineData("502 Bad Gateway", HttpStatusCode.BadGateway)]
    [InlineData("504 Gateway Timeout", HttpStatusCode.GatewayTimeout)]
    public async Task An_answered_502_or_504_is_repeated_once_and_then_passed_on(string status, HttpStatusCode expected)
    {
        await using var host = RawUpstream.Listening(exchange => exchange.AnswerAsync(status, "its own words"));
        await using var gateway = await RunningGateway.StartAsync(host.Url);

        using var get = await gateway.SendAsync(HttpMethod.Get, "/api/tokens/balance");
        get.StatusCode.ShouldBe(expected);
        (await get.Content.ReadAsStringAsync()).ShouldBe("its own words");
        host.Requests.Count.ShouldBe(2);

        using var keyed = await gateway.SendAsync(HttpMethod.Post, "/api/tokens/tip", new StringContent(Body), Key);
        keyed.StatusCode.ShouldBe(expected);
        host.Requests.Count.ShouldBe(4);

        using var bare = await gateway.SendAsync(HttpMethod.Post, "/api/tokens/tip", new StringContent(Body));
        bare.StatusCode.ShouldBe(expected);
        (await bare.Content.ReadAsStringAsync()).ShouldBe("its own words");
        host.Requests.Count.ShouldBe(5);
    }

    [Fact]
    public async Task After_a_held_back_502_the_client_sees_only_the_second_answer()
    {
        var tries = 0;
        await using var host = await Upstream.StartAsync(context =>
        {
            if (Interlocked.Increment(ref tries) == 1)
            {
                context.Response.StatusCode = 502;
                context.Response.Headers["X-Try"] = "first";
                return context.Response.WriteAsync("no");
            }

            return context.Response.WriteAsync("yes");
        });
        await using var gateway = await RunningGateway.StartAsync(host.Url);

        using var response = await gateway.SendAsync(HttpMethod.Get, "/api/tokens/balance");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.Contains("X-Try").ShouldBeFalse();
        (await response.Content.ReadAsStringAsync()).ShouldBe("yes");
    }

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    [InlineData("429 Too Many Requests")]
    public async Task Other_answers_are_not_repeated(string status)
    {
        await using var host = RawUpstream.Listening(exchange => exchange.AnswerAsync(status, "no"));
        await using var gateway = await RunningGateway.StartAsync(host.Url);

        using var response = await gateway.SendAsync(HttpMethod.Get, "/api/tokens/balance");

        (await response.Content.ReadAsStringAsync()).ShouldBe("no");
        host.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("POST", null, 1)]
    [InlineData("DELETE", null, 1)]
    [InlineData("GET", null, 2)]
    [InlineData("POST", "a-key", 2)]
    public async Task A_pooled_connection_that_breaks_under_a_request_without_body_is_no_licence_to_repeat(
        string method, string? key, int expected)
    {
        await using var host = RawUpstream.Listening(
            exchange => exchange.Request.Contains("/warm-up") ? exchange.AnswerAsync("200 OK", "warm") : exchange.CloseAsync());
        await using var gateway = await RunningGateway.StartAsync(host.Url);
        (await gateway.Client.GetStringAsync("/api/tokens/warm-up")).ShouldBe("warm");

        (string, string)[] headers = key is null ? [] : [("Idempotency-Key", key)];
        using var response = await gateway.SendAsync(new HttpMethod(method), "/api/tokens/payment-methods/setup", content: null, headers);

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        host.Requests.Count(request => request.StartsWith(method, StringComparison.Ordinal) && !request.Contains("/warm-up"))
            .ShouldBe(expected);
    }

    [Fact]
    public async Task A_host_that_stays_silent_is_504_and_not_asked_again()
    {
        await using var host = RawUpstream.Listening(exchange => exchange.HangAsync());
        await using var gateway = await RunningGateway.StartAsync(host.Url, ("Gateway:ActivityTimeout", "00:00:00.300"));

        using var response = await gateway.SendAsync(HttpMethod.Get, "/api/tokens/balance");

        await response.ShouldBeProblemAsync(HttpStatusCode.GatewayTimeout, "upstream_timeout");
        host.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_client_that_went_away_is_not_represented_any_further()
    {
        var arrived = new TaskCompletionSource();
        var hungUp = new TaskCompletionSource();
        await using var host = RawUpstream.Listening(async exchange =>
        {
            arrived.TrySetResult();
            await exchange.HangAsync();
            hungUp.TrySetResult();
        });
        var gateway = await RunningGateway.StartAsync(host.Url);
        using var leave = new CancellationTokenSource();

        var call = gateway.Client.GetAsync("/api/tokens/balance", leave.Token);
        await arrived.Task;
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
        await hungUp.Task;
        await gateway.DisposeAsync();

        host.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_that_breaks_after_its_start_is_not_repeated()
    {
        var read = new TaskCompletionSource();
        await using var host = RawUpstream.Listening(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            await exchange.WriteAsync("d\r\ndata: first\n\n\r\n");
            await read.Task;
            await exchange.CloseAsync();
        });
        await using var gateway = await RunningGateway.StartAsync(host.Url);

        using var response = await gateway.SendAsync(HttpMethod.Get, "/api/tokens/balance/stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync()).ShouldBe("data: first");
        read.SetResult();
        await Should.ThrowAsync<Exception>(reader.ReadToEndAsync());

        host.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("GET", "LEGACY_API_URL", "/api/users")]
    [InlineData("POST", "LEGACY_API_URL", "/api/users")]
    [InlineData("GET", "FRONTEND_UPSTREAM", "/page")]
    public async Task Requests_beside_the_API_are_not_repeated(string method, string variable, string path)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var broken = RawUpstream.Listening(exchange => exchange.CloseAsync());
        await using var gateway = await RunningGateway.StartAsync(api.Url, (variable, broken.Url));

        using var response = await gateway.SendAsync(new HttpMethod(method), path);

        await response.ShouldBeProblemAsync(HttpStatusCode.BadGateway, "upstream_unavailable");
        broken.Requests.Count.ShouldBe(1);
    }

    private static async Task<DisposableList> FillAsync(IPEndPoint listener)
    {
        var clients = new DisposableList();
        while (true)
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            clients.Add(client);
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            try
            {
                await client.ConnectAsync(listener, patience.Token);
            }
            catch (OperationCanceledException)
            {
                return clients;
            }
        }
    }

    private sealed class DisposableList : List<IDisposable>, IDisposable
    {
        public void Dispose() => ForEach(item => item.Dispose());
    }
}
