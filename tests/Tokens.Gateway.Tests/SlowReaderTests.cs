using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Tokens.Gateway.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Gateway.Tests;

/// <summary>Answers that are read at their client's pace.</summary>
public sealed class SlowReaderTests
{
    // More than all buffers between host and client hold.
    private const int LargeBytes = 16 * 1_024 * 1_024;
    private const string Export = "/api/tokens/transactions/export";
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_on_its_way_holds_no_place_among_the_requests(bool chunked)
    {
        await using var api = await StartApiAsync(chunked);
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("Gateway:RequestsMax", "1"));

        using var first = await gateway.SendAsync(HttpMethod.Get, Export);
        using var second = await gateway.SendAsync(HttpMethod.Get, Export);
        using var other = await gateway.SendAsync(HttpMethod.Post, "/api/tokens/tip", new StringContent("{}"));

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await first.Content.ReadAsByteArrayAsync()).Length.ShouldBe(LargeBytes);
    }

    [Theory]
    [InlineData(Export, "LargeAnswersMax", null)]
    [InlineData(Export, "AddressLargeAnswersMax", "203.0.113.1")]
    [InlineData("/page", "StreamedAnswersMax", null)]
    [InlineData("/page", "AddressStreamedAnswersMax", "203.0.113.1")]
    public async Task Large_answers_are_refused_beyond_their_number_until_one_has_been_read(string path, string limit, string? unaffected)
    {
        await using var api = await StartApiAsync(chunked: true);
        using var errors = new ErrorRecorder();
        await using var gateway = await RunningGateway.StartAsync(
            [api.Url],
            services => services.AddSingleton<ILoggerProvider>(errors),
            ("FRONTEND_UPSTREAM", api.Url),
            ("Gateway:" + limit, "1"));
        var first = await gateway.SendAsync(HttpMethod.Get, path);

        using var second = await gateway.SendAsync(HttpMethod.Get, path);
        using var small = await gateway.SendAsync(HttpMethod.Get, "/api/tokens/balance");
        using var changed = await gateway.SendAsync(HttpMethod.Post, path);

        var problem = await second.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "overloaded");
        problem.GetProperty("instance").GetString().ShouldBe(path);
        second.Content.Headers.ContentEncoding.ShouldBeEmpty();
        errors.Messages.ShouldBeEmpty("a refusal is no error, and leaves the client its connection");
        small.StatusCode.ShouldBe(HttpStatusCode.OK);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK, "it may have had an effect");
        if (unaffected is not null)
        {
            using var elsewhere = await gateway.SendAsync(HttpMethod.Get, path, content: null, ("X-Forwarded-For", unaffected));
            elsewhere.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        first.Dispose();
        await Eventually.BecomesTrueAsync(async () => await StatusAsync() == HttpStatusCode.OK, Deadline, "the place is free again");

        async Task<HttpStatusCode> StatusAsync()
        {
            using var response = await gateway.SendAsync(HttpMethod.Get, path);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task A_large_answer_that_is_not_read_in_time_is_cut_off()
    {
        var clock = new FakeTimeProvider();
        await using var api = await StartApiAsync(chunked: false);
        await using var gateway = await RunningGateway.StartAsync([api.Url], services => services.AddSingleton<TimeProvider>(clock));
        using var slow = await gateway.SendAsync(HttpMethod.Get, Export);
        slow.StatusCode.ShouldBe(HttpStatusCode.OK);

        clock.Advance(TimeSpan.FromMinutes(5));

        await Should.ThrowAsync<HttpRequestException>(() => slow.Content.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task An_event_stream_has_no_deadline_and_takes_no_place_among_the_large_answers()
    {
        var clock = new FakeTimeProvider();
        var next = new TaskCompletionSource();
        await using var api = await Upstream.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(": first\n");
            await context.Response.Body.FlushAsync();
            await next.Task;
            await context.Response.WriteAsync(": second\n");
        });
        await using var gateway = await RunningGateway.StartAsync(
            [api.Url], services => services.AddSingleton<TimeProvider>(clock), ("Gateway:LargeAnswersMax", "1"));
        using var one = await gateway.SendAsync(HttpMethod.Get, "/api/tokens/balance/stream");
        using var two = await gateway.SendAsync(HttpMethod.Get, "/api/tokens/balance/stream");

        clock.Advance(TimeSpan.FromDays(1));
        next.SetResult();

        (await one.Content.ReadAsStringAsync()).ShouldBe(": first\n: second\n");
        (await two.Content.ReadAsStringAsync()).ShouldBe(": first\n: second\n");
    }

    private static Task<Upstream> StartApiAsync(bool chunked) => Upstream.StartAsync(async context =>
    {
        if (context.Request.Path != Export && context.Request.Path != "/page")
        {
            return;
        }

        context.Response.Headers.ContentEncoding = "identity";
        context.Response.ContentLength = chunked ? null : LargeBytes;
        var piece = new byte[64 * 1_024];
        for (var sent = 0; sent < LargeBytes; sent += piece.Length)
        {
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        }
    });
}
