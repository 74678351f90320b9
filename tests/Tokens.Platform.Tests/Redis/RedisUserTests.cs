using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;
using Tokens.Platform.Caching;
using Tokens.Platform.Caching.Shared;
using Tokens.Platform.RateLimits;
using Tokens.Platform.Redis;
using Tokens.Testing;

namespace Tokens.Platform.Tests.Redis;

/// <summary>A server on which only the user of the documentation may do anything.</summary>
public sealed class RedisUserTests : IAsyncLifetime, IDisposable
{
    private const string Secret = "p@ss/w#rd";
    private static readonly TimeSpan Soon = Eventually.Deadline;

    private readonly TemporaryDirectory _directory = new();
    private OwnRedis _server = null!;

    public async Task InitializeAsync()
    {
        var users = _directory.File("users.acl");
        var documented = (await File.ReadAllLinesAsync(Repository.Path("docs/modules/resilience.md")))
            .Single(line => line.StartsWith("user tokens ", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(users, ["user default off", documented.Replace(">secret", ">" + Secret, StringComparison.Ordinal)]);
        _server = await OwnRedis.StartAsync("--aclfile", users);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_documented_rights_are_enough_for_everything()
    {
        using var host = HostOf("tokens", Secret);
        var redis = host.Services.GetRequiredService<RedisConnection>();
        await Eventually.BecomesTrueAsync(async () => await HealthAsync(host) == HealthStatus.Healthy, Soon, "Redis is reached");

        var slots = new RedisFigureSlots(redis, "wallet.balance", new FigureCacheOptions());
        var (leased, written) = (Guid.NewGuid(), Guid.NewGuid());
        var lease = await slots.LeaseAsync(leased, "token");
        await slots.FillAsync(lease.Slot, new Figure(leased, 1, 10));
        await slots.WriteAsync(lease.Generation, new[] { new Figure(written, 2, 20) });
        Encoding.ASCII.GetString((await slots.ReadAsync(leased)).Slot!).ShouldEndWith(" 1 10");
        Encoding.ASCII.GetString((await slots.ReadAsync(written)).Slot!).ShouldEndWith(" 2 20");
        await slots.RaiseAsync("another");

        var counter = host.Services.GetRequiredService<IRateLimitCounter>();
        (await counter.CountAsync(new RateLimit("p", 1, TimeSpan.FromSeconds(60)), "m", CancellationToken.None)).IsAlone.ShouldBeFalse();

        var heard = new TaskCompletionSource<byte[]>();
        await SubscribeAsync(redis, "wallet.balance.changes", message => heard.TrySetResult(message));
        await redis.PublishAsync("wallet.balance.changes", [7], CancellationToken.None);
        (await heard.Task.WaitAsync(Soon)).ShouldBe([7]);
    }

    [Fact]
    public async Task What_a_user_may_not_do_is_said_and_not_taken_for_a_Redis_that_is_away()
    {
        using var host = HostOf("tokens", Secret);
        var redis = host.Services.GetRequiredService<RedisConnection>();

        var refusal = await Should.ThrowAsync<RedisServerException>(() => SubscribeAsync(redis, "another", _ => { }));

        refusal.Message.ShouldStartWith("NOPERM");
    }

    [Theory]
    [InlineData("tokens", "another")]
    [InlineData("nobody", Secret)]
    [InlineData("", Secret)]
    public async Task Who_may_not_sign_in_goes_without_Redis(string user, string password)
    {
        using var host = HostOf(user, password);
        var redis = host.Services.GetRequiredService<RedisConnection>();
        // Not before the first attempt to connect has failed.
        await Eventually.BecomesTrueAsync(() => redis.Losses > 0, Soon, "the server refuses");

        var away = await Should.ThrowAsync<RedisAwayException>(() => redis.ExecuteAsync(
            "test", database => database.PingAsync(), isRepeatable: false, CancellationToken.None));

        away.ToString().ShouldNotContain(password);
        (await HealthAsync(host)).ShouldBe(HealthStatus.Degraded);
    }

    private static Task SubscribeAsync(RedisConnection redis, string channel, Action<byte[]> hear) => Eventually.BecomesTrueAsync(
        async () =>
        {
            try
            {
                await redis.SubscribeAsync(channel, hear);
                return true;
            }
            catch (RedisAwayException)
            {
                return false;
            }
        },
        Soon,
        "the channel is heard");

    private static async Task<HealthStatus> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["redis"].Status;

    private IHost HostOf(string user, string password)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
        [
            new("REDIS_URL", _server.Url.Replace("//", $"//{user}:{Uri.EscapeDataString(password)}@", StringComparison.Ordinal)),
            new("Resilience:Redis:AttemptTimeoutMilliseconds", "5000"),
            new("Resilience:Redis:TotalTimeoutMilliseconds", "10000"),
        ]);
        builder.AddRedis();
        builder.Services.AddRateLimits(isOn: true);
        return builder.Build();
    }
}
