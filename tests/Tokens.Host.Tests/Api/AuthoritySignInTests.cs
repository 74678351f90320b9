using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Tokens.Host.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

public sealed class AuthoritySignInTests : IAsyncLifetime
{
    private readonly Storage _storage = Storage.Sqlite();
    private Authority _authority = null!;
    private RunningProduct _product = null!;

    public async Task InitializeAsync()
    {
        _authority = await Authority.StartAsync();
        _product = await RunningProduct.StartAsync(
            _storage,
            new Dictionary<string, string?> { ["JWT_AUTHORITY"] = _authority.Url, ["SUPABASE_JWT_SECRET"] = SharedSecretProduct.OldSecret });
    }

    public async Task DisposeAsync()
    {
        await _product.DisposeAsync();
        await _authority.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task The_authoritys_signature_alone_is_believed()
    {
        (await AskAsync(_authority.Sign(Jwt.Claims()))).Status.ShouldBe(200);

        using var other = RSA.Create(2048);
        var publicKey = Encoding.UTF8.GetBytes(_authority.Key.ExportSubjectPublicKeyInfoPem());
        var refused = new Dictionary<string, string>
        {
            ["signed by another key"] = Jwt.Rs256(other, _authority.KeyId, Claims()),
            ["the public key taken for a shared secret"] = Jwt.Hs256(publicKey, Claims(), _authority.KeyId),
            ["signed with the shared secret, over which the authority wins"] = Jwt.Hs256(SharedSecretProduct.OldSecret, Claims()),
            ["another issuer"] = _authority.Sign(new(Jwt.Claims()) { ["iss"] = "https://elsewhere.example" }),
            ["not signed"] = Jwt.Unsigned(Claims()),
            ["expired"] = _authority.Sign(new(Jwt.Claims()) { ["exp"] = Jwt.SecondsFromNow(-7) }),
            ["another audience"] = _authority.Sign(new(Jwt.Claims()) { ["aud"] = "somebody-else" }),
        };
        foreach (var (what, token) in refused)
        {
            var answer = await AskAsync(token);
            answer.Status.ShouldBe(401, what);
            answer.ShouldBeProblem(401, "unauthenticated");
        }

        // The product has no key of its own to sign with.
        using var client = new HttpClient { BaseAddress = _product.Gateway };
        (await Answer.ReadAsync(await client.PostAsJsonAsync("/dev/token", new { }))).ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task A_new_key_of_the_authority_is_learnt()
    {
        (await AskAsync(_authority.Sign(Jwt.Claims()))).Status.ShouldBe(200);

        _authority.Rotate();

        await Eventually.BecomesTrueAsync(
            async () => (await AskAsync(_authority.Sign(Jwt.Claims()))).Status == 200, TimeSpan.FromSeconds(10), "the new key is believed");
    }

    private Dictionary<string, object?> Claims() => new(Jwt.Claims()) { ["iss"] = _authority.Url };

    private async Task<Answer> AskAsync(string token)
    {
        using var client = new HttpClient { BaseAddress = _product.Gateway };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return await Answer.ReadAsync(await client.GetAsync("/api/tokens/balance"));
    }
}
