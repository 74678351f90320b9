using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tokens.Host.Api;
using Tokens.Testing.Products;
using Tokens.Testing.Running;
using static Tokens.Host.Tests.Api.AcceptedEncodings;

namespace Tokens.Host.Tests.Api;

[Collection(OnSqlite.Name)]
public sealed class WholeAnswersTests(SqliteProduct fixture)
{
    [Theory]
    [InlineData("/api/tokens/balance", "identity")]
    [InlineData("/api/tokens/packages", "identity")]
    [InlineData("/api/tokens/transactions", "identity")]
    [InlineData("/api/tokens/transactions/export", "identity")]
    [InlineData("/openapi/v1.json", "gzip")]
    public async Task An_answer_says_its_length(string path, string accepted)
    {
        using var fan = await fixture.SignInAsync();
        using var response = await GetAsync(fan, path, accepted);

        var promised = response.Content.Headers.ContentLength;

        response.Headers.TransferEncodingChunked.ShouldNotBe(true);
        promised.ShouldBe((await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task A_longer_one_than_is_kept_and_an_event_stream_go_out_as_they_are_written()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(
            storage, new Dictionary<string, string?> { ["Api:WholeAnswerBytesMax"] = "1024" });
        using var creator = await TestMember.SignInAsync(product.Gateway, isCreator: true);
        using var admin = await TestMember.SignInAsync(product.Gateway, roles: ["tokens-admin"]);
        using var fan = await Members.WithTokensAsync(product.Gateway, admin, 100);
        foreach (var _ in Enumerable.Range(0, 10))
        {
            (await fan.TipAsync(creator.Id, 1)).Status.ShouldBe(200);
        }

        using var statement = await GetAsync(fan, "/api/tokens/transactions/export?format=json", "identity");
        using var stream = await GetAsync(fan, "/api/tokens/balance/stream", "identity");
        using var balance = await GetAsync(fan, "/api/tokens/balance", "identity");

        statement.Headers.TransferEncodingChunked.ShouldBe(true);
        (await statement.Content.ReadAsStringAsync()).ShouldEndWith("}");
        stream.Headers.TransferEncodingChunked.ShouldBe(true);
        using var events = new StreamReader(await stream.Content.ReadAsStreamAsync());
        (await events.ReadLineAsync()).ShouldBe("event: balance_updated");
        balance.Content.Headers.ContentLength.ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_a_short_one_that_fails_nothing_was_sent()
    {
        using var client = new MemoryStream();
        var context = Answering(client);

        var failing = new WholeAnswers(
            async answering =>
            {
                await answering.Response.WriteAsync("the first half");
                await answering.Response.Body.FlushAsync();
                throw new InvalidDataException("the second half");
            },
            bytesMax: 1_000);
        await Should.ThrowAsync<InvalidDataException>(() => failing.InvokeAsync(context));

        client.Length.ShouldBe(0);
        context.Response.ContentLength.ShouldBeNull();
        await context.Response.WriteAsync("instead");
        Encoding.UTF8.GetString(client.ToArray()).ShouldBe("instead");
    }

    [Theory]
    [InlineData(999, 999L)]
    [InlineData(1_000, null)]
    [InlineData(100_000, null)]
    public async Task Every_byte_arrives_in_order_however_long_it_is(int bytes, long? length)
    {
        using var client = new MemoryStream();
        var context = Answering(client);
        var expected = Enumerable.Range(0, bytes).Select(number => (byte)(number * 31)).ToArray();

        await new WholeAnswers(answering => WriteAsync(answering.Response, expected), bytesMax: 1_000).InvokeAsync(context);
        await context.Response.CompleteAsync();

        client.ToArray().ShouldBe(expected);
        context.Response.ContentLength.ShouldBe(length);
    }

    [Fact]
    public async Task What_wants_no_buffers_is_sent_at_once_with_what_came_before()
    {
        using var client = new MemoryStream();

        await new WholeAnswers(
            async answering =>
            {
                await answering.Response.WriteAsync("before");
                answering.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
                await answering.Response.WriteAsync(" and after");
                Encoding.UTF8.GetString(client.ToArray()).ShouldBe("before and after");
            },
            bytesMax: 1_000).InvokeAsync(Answering(client));

        client.Length.ShouldBe("before and after".Length);
    }

    [Fact]
    public async Task An_answer_without_a_body_gets_no_length()
    {
        using var client = new MemoryStream();
        var context = Answering(client);

        await new WholeAnswers(
            answering =>
            {
                answering.Response.StatusCode = StatusCodes.Status204NoContent;
                return answering.Response.StartAsync();
            },
            bytesMax: 1_000).InvokeAsync(context);

        context.Response.ContentLength.ShouldBeNull();
        client.Length.ShouldBe(0);
    }

    // By turns as a serializer, a stream's writer and a file would.
    private static async Task WriteAsync(HttpResponse response, byte[] bytes)
    {
        var written = 0;
        for (var turn = 0; written < bytes.Length; turn++)
        {
            var piece = bytes.AsMemory(written, Math.Min(1 + (turn * 37 % 400), bytes.Length - written));
            if (turn % 2 == 0)
            {
                piece.CopyTo(response.BodyWriter.GetMemory(piece.Length));
                response.BodyWriter.Advance(piece.Length);
                if (turn % 4 == 0)
                {
                    await response.BodyWriter.FlushAsync();
                }
            }
            else
            {
                await response.Body.WriteAsync(piece);
            }

            written += piece.Length;
        }

        await response.BodyWriter.FlushAsync();
    }

    private static DefaultHttpContext Answering(Stream client)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(client));
        return context;
    }
}
