using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Storage;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Tests.Parts;

/// <summary>Two products on one PostgreSQL database and one Redis of their own.</summary>
internal sealed class SharedHosts : IAsyncDisposable
{
    /// <summary>Redis is never too slow, so that only what a test plans goes wrong.</summary>
    internal static readonly IReadOnlyDictionary<string, string?> Patient = new Dictionary<string, string?>
    {
        ["Resilience:Redis:AttemptTimeoutMilliseconds"] = "20000",
        ["Resilience:Redis:TotalTimeoutMilliseconds"] = "20000",
        ["BalanceCache:WriteTimeoutMilliseconds"] = "1000",
    };

    // The sandbox that each of them plays keeps files of its own.
    private readonly TemporaryDirectory _directory = new();

    private SharedHosts(Storage storage, OwnRedis redis)
    {
        (Storage, Redis) = (storage, redis);
        Queries = BalanceQueries.Of(storage);
    }

    /// <summary>What both hosts ask the database.</summary>
    internal BalanceQueries Queries { get; }

    internal Storage Storage { get; }

    internal OwnRedis Redis { get; }

    internal RunningProduct One { get; private set; } = null!;

    internal RunningProduct Other { get; private set; } = null!;

    internal static async Task<SharedHosts> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, OwnRedis? redis = null)
    {
        var hosts = new SharedHosts(await Storage.PostgresAsync(), redis ?? await OwnRedis.StartAsync());
        var all = new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>())
        {
            ["REDIS_URL"] = hosts.Redis.Url,
            ["RATE_LIMITS"] = "off",
        };
        hosts.One = await RunningProduct.StartAsync(hosts.Storage, all);
        all["DATA_DIR"] = hosts._directory.Path;
        hosts.Other = await RunningProduct.StartAsync(hosts.Storage, all);
        return hosts;
    }

    /// <summary>A new member with that many tokens, signed in at the first host.</summary>
    internal async Task<TestMember> MemberAsync(long tokens = 0, bool isCreator = false)
    {
        var member = await TestMember.SignInAsync(One.Gateway, isCreator);
        if (tokens > 0)
        {
            using var admin = await TestMember.SignInAsync(One.Gateway, roles: ["tokens-admin"]);
            (await admin.PostAsync("/api/tokens/admin/adjustments", new { memberId = member.Id, tokens, reason = "a start for the test" }))
                .Status.ShouldBe(200);
        }

        return member;
    }

    /// <summary>The same member at the other host.</summary>
    internal Task<TestMember> AtOtherAsync(TestMember member, bool isCreator = false) =>
        TestMember.SignInAsync(Other.Gateway, isCreator, id: member.Id);

    /// <summary>Waits until the relays have written to Redis what was committed so far.</summary>
    internal Task AreRelayedAsync() => Eventually.BecomesTrueAsync(
        async () => !await One.Services.GetRequiredService<IModuleDb<WalletDb>>().ReadAsync(
            async (wallet, token) => await wallet.Outbox.AnyAsync(token) || await wallet.Deliveries.AnyAsync(token), CancellationToken.None),
        TimeSpan.FromSeconds(20),
        "the outbox is empty");

    public async ValueTask DisposeAsync()
    {
        foreach (var product in new[] { One, Other })
        {
            if (product is not null)
            {
                await product.DisposeAsync();
            }
        }

        await Redis.DisposeAsync();
        await Storage.DisposeAsync();
        _directory.Dispose();
        Queries.Dispose();
    }
}
