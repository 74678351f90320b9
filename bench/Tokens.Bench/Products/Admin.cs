using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tokens.Bench.Products;

/// <summary>An administrator at the product's front door.</summary>
internal sealed class Admin : IDisposable
{
    private const int MembersAtOnce = 1_000;
    private const int AtOnce = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly HttpClient _client;

    internal Admin(Uri gateway, Member admin)
    {
        _client = new HttpClient { BaseAddress = gateway, Timeout = Patience };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", admin.Token);
    }

    /// <summary>Tells the product who they are.</summary>
    internal async Task PutMembersAsync(IEnumerable<Member> members, bool areCreators, CancellationToken cancellationToken)
    {
        foreach (var some in members.Chunk(MembersAtOnce))
        {
            using var response = await _client.PutAsJsonAsync(
                "/api/tokens/admin/members",
                new { members = some.Select(member => new { id = member.Id, displayName = $"Member {member.Id:N}", isCreator = areCreators }) },
                cancellationToken);
            await RequireAsync(response, cancellationToken);
        }
    }

    /// <summary>Gives each of them that many tokens.</summary>
    internal Task GiveAsync(IEnumerable<Member> members, long tokens, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(members, With(cancellationToken), async (member, token) =>
        {
            using var response = await _client.PostAsJsonAsync(
                "/api/tokens/admin/adjustments", new { memberId = member.Id, tokens, reason = "a balance to measure with" }, token);
            await RequireAsync(response, token);
        });

    /// <summary>Lets each of them make a first request, which writes down who it is.</summary>
    internal Task ShowAsync(IEnumerable<Member> members, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(members, With(cancellationToken), async (member, token) => await IsBalanceCachedAsync(member, token));

    /// <summary>Whether the member's balance is answered from the cache.</summary>
    internal async Task<bool> IsBalanceCachedAsync(Member member, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/tokens/balance");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", member.Token);
        using var response = await _client.SendAsync(request, cancellationToken);
        return (await RequireAsync(response, cancellationToken)).GetProperty("cached").GetBoolean();
    }

    /// <summary>Has the product recount its ledger.</summary>
    internal async Task<Verification> VerifyAsync(CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync("/api/tokens/admin/ledger/verify", cancellationToken);
        var body = await RequireAsync(response, cancellationToken);
        return new Verification(
            body.GetProperty("accounts").GetInt64(),
            body.GetProperty("transfers").GetInt64(),
            body.GetProperty("sumOfBalances").GetInt64(),
            body.GetProperty("drifted").GetArrayLength(),
            body.GetProperty("negative").GetArrayLength());
    }

    public void Dispose() => _client.Dispose();

    private static ParallelOptions With(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };

    private static async Task<JsonElement> RequireAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonElement.Parse(text)
            : throw new InvalidOperationException($"{response.RequestMessage!.RequestUri!.AbsolutePath} answered {(int)response.StatusCode}: {text}");
    }
}
