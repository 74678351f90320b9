using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Tokens.Testing.Products;

/// <summary>A member who is signed in, with a client of its own.</summary>
public sealed class TestMember : IDisposable
{
    private TestMember(Uri gateway, Guid id, string token, IPAddress? from)
    {
        Id = id;
        Token = token;
        Client = new HttpClient(from is null ? new SocketsHttpHandler() : From(from)) { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(60) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The member's id.</summary>
    public Guid Id { get; }

    /// <summary>The bearer token.</summary>
    public string Token { get; }

    /// <summary>Sends the token with every request.</summary>
    public HttpClient Client { get; }

    /// <summary>
    /// Signs a member in by the development route of the product at <paramref name="gateway"/>; the member's own requests come
    /// <paramref name="from"/> that address of this machine, if it is given.
    /// </summary>
    public static async Task<TestMember> SignInAsync(
        Uri gateway, bool isCreator = false, string? name = null, IReadOnlyList<string>? roles = null, Guid? id = null,
        IPAddress? from = null)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        var response = await client.PostAsJsonAsync("/dev/token", new { userId = id?.ToString(), name, isCreator, roles = roles ?? [] });
        response.EnsureSuccessStatusCode();
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        var member = new TestMember(
            gateway, body.RootElement.GetProperty("userId").GetGuid(), body.RootElement.GetProperty("token").GetString()!, from);
        // Members appear at their first authenticated request, so that others can pay this one from now on.
        await member.BalanceAsync();
        return member;
    }

    /// <summary>The member's balance.</summary>
    public async Task<long> BalanceAsync()
    {
        var answer = await GetAsync("/api/tokens/balance");
        return answer.Status == 200 ? answer.Json.GetProperty("balance").GetInt64() : throw new InvalidOperationException(answer.Text);
    }

    /// <summary>GET, answered whatever the status.</summary>
    public async Task<Answer> GetAsync(string path) => await Answer.ReadAsync(await Client.GetAsync(path));

    /// <summary>POST of a JSON body, with an idempotency key if one is given.</summary>
    public Task<Answer> PostAsync(string path, object body, string? key = null) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body), key);

    /// <summary>PUT of a JSON body.</summary>
    public Task<Answer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, JsonContent.Create(body));

    /// <summary>Any request.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await Answer.ReadAsync(await Client.SendAsync(request));
    }

    /// <summary>A tip of that many tokens.</summary>
    public Task<Answer> TipAsync(Guid creatorId, long tokens, string? key = null) =>
        PostAsync("/api/tokens/tip", new { creatorId, amountTokens = tokens }, key);

    /// <summary>
    /// A purchase, repeated under its key while it is 503, as a client does: on a busy machine the first one of a process may take longer
    /// than the product waits for Stripe.
    /// </summary>
    public async Task<Answer> BuyAsync(long tokens, string card, string? key = null)
    {
        key ??= Guid.NewGuid().ToString();
        Answer? answer = null;
        await Eventually.BecomesTrueAsync(
            async () => (answer = await PostAsync("/api/tokens/purchase", new { tokenAmount = tokens, paymentMethodId = card }, key)).Status != 503,
            TimeSpan.FromSeconds(60),
            "the purchase is answered");
        return answer!;
    }

    private static SocketsHttpHandler From(IPAddress address) => new()
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(address, 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    /// <inheritdoc />
    public void Dispose() => Client.Dispose();
}
