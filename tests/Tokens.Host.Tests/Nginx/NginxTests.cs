using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Nginx;

/// <summary>The product behind a real nginx: with nginx's defaults, and with the configuration of docs/nginx.md.</summary>
public sealed partial class NginxTests(ProductBehindNginx fixture) : IClassFixture<ProductBehindNginx>
{
    private const string PrintedListener = "listen 80;";
    private const string PrintedGateway = "127.0.0.1:8080";

    // Longer than an event takes on a busy machine, and much shorter than nginx keeps an answer back.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private RunningProduct Product => fixture.Product;

    [Fact]
    public async Task An_event_arrives_at_once_through_the_defaults()
    {
        await using var nginx = await OwnNginx.StartAsync(Product.Gateway);

        await ShouldStreamAsync(nginx);
    }

    [Fact]
    public async Task An_event_arrives_at_once_through_the_documented_configuration()
    {
        await using var nginx = await DocumentedAsync();

        await ShouldStreamAsync(nginx);
    }

    [Fact]
    public async Task A_client_is_limited_by_its_own_address_whatever_it_claims()
    {
        await using var nginx = await DocumentedAsync();
        using var greedy = ClientFrom("127.0.0.2", nginx.Address);
        using var other = ClientFrom("127.0.0.3", nginx.Address);

        var answers = await Task.WhenAll(Enumerable.Range(0, 2 * ProductBehindNginx.Burst).Select(async i =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
            using var response = await greedy.SendAsync(request);
            return response.StatusCode;
        }));

        answers.ShouldContain(HttpStatusCode.TooManyRequests);
        (await other.GetAsync("/nowhere")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task No_development_sign_in_passes_the_documented_configuration()
    {
        await using var nginx = await DocumentedAsync();
        using var client = new HttpClient { BaseAddress = nginx.Address };

        ShouldBeTheProducts(await Answer.ReadAsync(await client.PostAsync("/dev/token", Json("{}"))), 404, "not_found");
    }

    [Fact]
    public async Task A_body_that_is_too_large_gets_the_products_own_answer()
    {
        await using var documented = await DocumentedAsync();
        await using var bare = await OwnNginx.StartAsync(Product.Gateway);
        var body = $$"""{"padding":"{{new string('x', 2 * 1024 * 1024)}}"}""";

        using var client = new HttpClient();
        var address = new Uri(documented.Address, "/api/tokens/tip");
        ShouldBeTheProducts(await Answer.ReadAsync(await client.PostAsync(address, Json(body))), 413, "payload_too_large");
        using var html = await client.PostAsync(new Uri(bare.Address, "/api/tokens/tip"), Json(body));
        html.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        html.Content.Headers.ContentType!.MediaType.ShouldBe("text/html", "nginx's own limit is 1 MB: the reason for client_max_body_size");
    }

    [Fact]
    public async Task Requests_share_a_connection_to_the_gateway()
    {
        await using var nginx = await DocumentedAsync();
        using var client = new HttpClient { BaseAddress = nginx.Address };
        await client.GetAsync("/health/live");
        var before = fixture.GatewayConnections;

        for (var i = 0; i < 10; i++)
        {
            (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        fixture.GatewayConnections.ShouldBe(before);
    }

    private async Task ShouldStreamAsync(OwnNginx nginx)
    {
        using var star = await TestMember.SignInAsync(Product.Gateway, isCreator: true);
        using var admin = await TestMember.SignInAsync(Product.Gateway, roles: ["tokens-admin"]);
        using var client = new HttpClient { BaseAddress = nginx.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", star.Token);

        using var stream = await EventStream.OpenAsync(client).WaitAsync(Soon, TimeProvider.System);
        (await stream.NextEventAsync().WaitAsync(Soon, TimeProvider.System))!.Balance.ShouldBe(0);
        (await admin.PostAsync("/api/tokens/admin/adjustments", new { memberId = star.Id, tokens = 7, reason = "an event" })).Status.ShouldBe(200);

        (await stream.NextEventAsync().WaitAsync(Soon, TimeProvider.System))!.Balance.ShouldBe(7);
    }

    private Task<OwnNginx> DocumentedAsync()
    {
        var printed = Snippet().Match(File.ReadAllText(Repository.Path("docs/nginx.md"))).Groups["text"].Value;
        printed.ShouldContain(PrintedListener);
        printed.ShouldContain(PrintedGateway);
        return OwnNginx.StartAsync(listen => printed
            .Replace(PrintedListener, $"listen {listen};", StringComparison.Ordinal)
            .Replace(PrintedGateway, Product.Gateway.Authority, StringComparison.Ordinal));
    }

    // The whole of 127.0.0.0/8 is this machine, so that a client may have an address that no proxy has.
    private static HttpClient ClientFrom(string address, Uri nginx) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = nginx,
    };

    // nginx adds its name to the headers, and leaves the answer as it is.
    private static void ShouldBeTheProducts(Answer answer, int status, string code)
    {
        (answer.Status, answer.ContentType).ShouldBe((status, "application/problem+json"), answer.Text);
        answer.Code.ShouldBe(code);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    [GeneratedRegex(@"^```nginx\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Snippet();
}
