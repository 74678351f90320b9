using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Redis;

/// <summary>A Redis behind TLS, in front of a product that is a process of its own: the issuers that it believes are its environment's.</summary>
public sealed class EncryptedRedisTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    private readonly PrivateIssuer _issuer = new();
    private readonly Installation _installation = Installation.Sqlite();
    private OwnRedis _redis = null!;

    public async Task InitializeAsync()
    {
        var port = LoopbackPort.Free();
        _redis = await OwnRedis.StartAsync(
            "--tls-port", $"{port}", "--tls-cert-file", _issuer.Certificate, "--tls-key-file", _issuer.Key, "--tls-auth-clients", "no");
        _installation.Settings["REDIS_URL"] = $"rediss://127.0.0.1:{port}";
    }

    public async Task DisposeAsync()
    {
        await _installation.DisposeAsync();
        await _redis.DisposeAsync();
    }

    public void Dispose() => _issuer.Dispose();

    [Fact]
    public async Task One_whose_issuer_is_believed_is_used()
    {
        _installation.Settings["SSL_CERT_FILE"] = _issuer.Trusted;

        await _installation.StartAsync();

        await Eventually.BecomesTrueAsync(async () => await RedisAsync() == "available", Soon, "Redis is reached");
        using var member = await TestMember.SignInAsync(_installation.Gateway);
        await Eventually.BecomesTrueAsync(
            async () => (await member.GetAsync("/api/tokens/balance")).Json.GetProperty("cached").GetBoolean(), Soon, "a balance is cached");
        (await _redis.CallsAsync("mget")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task One_whose_issuer_nobody_knows_is_left_alone_and_the_product_serves_without_it()
    {
        var product = await _installation.StartAsync();

        await Eventually.BecomesTrueAsync(
            () => product.Output.Contains("connection to Redis is lost", StringComparison.Ordinal), Soon, "Redis is given up");
        (await RedisAsync()).ShouldBe("unavailable");
        using var member = await TestMember.SignInAsync(_installation.Gateway);
        (await member.GetAsync("/api/tokens/balance")).Status.ShouldBe(200);
        (await _redis.CallsAsync("mget")).ShouldBe(0);
    }

    private async Task<string?> RedisAsync()
    {
        using var client = new HttpClient { BaseAddress = _installation.Api };
        var answer = await Answer.ReadAsync(await client.GetAsync("/health/ready"));
        return answer.Json.GetProperty("dependencies").GetProperty("redis").GetString();
    }
}
