using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Tokens.Host.Api;
using Tokens.Host.Api.Documents;
using Tokens.Host.Roles;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;
using EntityTag = System.Net.Http.Headers.EntityTagHeaderValue;
using Options = Microsoft.Extensions.Options.Options;

namespace Tokens.Host.Tests.Api;

[Collection(OnSqlite.Name)]
public sealed class DocumentTests(SqliteProduct fixture)
{
    private const int BundleBytes = 1_500_000;

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/swagger-ui.css")]
    [InlineData("/docs/swagger-ui-bundle.js")]
    public async Task A_client_that_has_a_document_is_not_sent_it_again(string path)
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Gateway };
        var tags = new List<EntityTag>();
        foreach (var encoding in new[] { "identity", "gzip", "br" })
        {
            using var first = await SendAsync(client, HttpMethod.Get, path, encoding);
            first.StatusCode.ShouldBe(HttpStatusCode.OK);
            var tag = first.Headers.ETag.ShouldNotBeNull();
            tags.Add(tag);

            using var again = await SendAsync(client, HttpMethod.Get, path, encoding, tag);
            again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
            again.Headers.ETag.ShouldBe(tag);
            again.Headers.CacheControl!.NoStore.ShouldBeTrue();
            (await again.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        }

        tags.Distinct().Count().ShouldBe(3, "each encoding is another representation");
        using var other = await SendAsync(client, HttpMethod.Get, path, "identity", new EntityTag("\"of another release\""));
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var head = await SendAsync(client, HttpMethod.Head, path, "identity");
        head.Content.Headers.ContentLength.ShouldBe((await other.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory]
    [InlineData("/docs/swagger-ui-bundle.js.map")]
    [InlineData("/docs/Swagger-UI-bundle.js")]
    [InlineData("/docs/a/b")]
    [InlineData("/docs/LICENSE")]
    public async Task The_page_has_its_files_and_no_others(string path)
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Gateway };

        (await Answer.ReadAsync(await client.GetAsync(path))).ShouldBeProblem(404, "not_found");
    }

    [Theory]
    [InlineData(null, "Development", Documentation.Page)]
    [InlineData(null, "Production", Documentation.Description)]
    [InlineData(Documentation.Page, "Production", Documentation.Page)]
    [InlineData(Documentation.Off, "Development", Documentation.Off)]
    internal void What_is_served_follows_the_option_and_without_it_the_environment(
        Documentation? option, string environment, Documentation served) => DocumentRoutes.Served(
            new ApiOptions { Documentation = option },
            HostSettings.From(new Microsoft.Extensions.Configuration.ConfigurationManager(), environment)).ShouldBe(served);

    [Theory]
    [InlineData("", 200, 404)]
    [InlineData("Off", 404, 404)]
    public async Task Production_serves_no_page_unless_it_is_told_to(string option, int description, int page)
    {
        await using var storage = Storage.Sqlite();
        await using var product = await Product.StartAsync(
            Starts.Factory("Production", storage.Settings, Starts.ProductionSettings, new Dictionary<string, string?> { ["Api:Documentation"] = option }),
            CancellationToken.None);
        using var client = new HttpClient { BaseAddress = new Uri(Product.AddressOf(product.Gateway!)) };

        (await Answer.ReadAsync(await client.GetAsync("/openapi/v1.json"))).Status.ShouldBe(description);
        (await Answer.ReadAsync(await client.GetAsync("/docs"))).Status.ShouldBe(page);
        (await Answer.ReadAsync(await client.GetAsync("/docs/swagger-ui-bundle.js"))).Status.ShouldBe(page);
        Banner.Of(product).Contains("/docs", StringComparison.Ordinal).ShouldBe(page == 200);
        await product.StopAsync();
    }

    [Fact]
    public async Task An_answer_takes_no_copy_of_the_document()
    {
        var document = Document.Create("text/javascript", new byte[BundleBytes], isCompressed: false);
        using var client = new PieceStream();
        await AnswerAsync(new PieceStream(), document);

        var before = GC.GetAllocatedBytesForCurrentThread();
        await AnswerAsync(client, document);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;

        client.Length.ShouldBe(BundleBytes);
        client.LargestPiece.ShouldBeLessThanOrEqualTo(16 * 1024, "the server copies a piece before it waits for a slow client");
        taken.ShouldBeLessThan(64 * 1024);
    }

    [Fact]
    public async Task A_reader_beyond_the_limit_is_refused_and_a_place_is_given_back()
    {
        var readers = new DocumentReaders(Options.Create(new ApiOptions { DocumentReadersMax = 1 }));
        var end = new TaskCompletionSource();
        var slow = readers.AnswerAsync(Context(Stream.Null), () => end.Task);

        var refused = Context(Stream.Null);
        await readers.AnswerAsync(refused, () => throw new InvalidOperationException("A second reader."));
        end.SetResult();
        await slow;
        var next = Context(Stream.Null);
        await readers.AnswerAsync(next, () => Task.CompletedTask);

        refused.Response.StatusCode.ShouldBe(503);
        refused.Response.Headers.RetryAfter.ToString().ShouldBe("1");
        next.Response.StatusCode.ShouldBe(200);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("br;q=0.5, gzip", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("*;q=0", null)]
    [InlineData("identity, gzip;q=0.5", null)]
    [InlineData("deflate", null)]
    [InlineData("GZIP", "gzip")]
    public void The_encoding_is_the_one_that_the_client_likes_best(string accepted, string? encoding)
    {
        var values = accepted.Length == 0 ? [] : StringWithQualityHeaderValue.ParseList([accepted]);

        AcceptedEncoding.Choose(values, ["br", "gzip"]).ShouldBe(encoding);
    }

    private static Task AnswerAsync(Stream body, Document document) => DocumentAnswer.WriteAsync(Context(body), document);

    private static DefaultHttpContext Context(Stream body)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider() };
        context.Request.Method = HttpMethods.Get;
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        return context;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string encoding, EntityTag? known = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return client.SendAsync(request);
    }

    /// <summary>Counts what is written and keeps nothing.</summary>
    private sealed class PieceStream : Stream
    {
        private long _length;

        internal int LargestPiece { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get => _length; set => throw new NotSupportedException(); }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            (_length, LargestPiece) = (_length + buffer.Length, Math.Max(LargestPiece, buffer.Length));
            return ValueTask.CompletedTask;
        }

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
