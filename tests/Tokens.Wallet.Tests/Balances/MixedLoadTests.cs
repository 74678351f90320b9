using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Wallet.Balances;
using Tokens.Wallet.Ledger;
using Tokens.Wallet.Tests.Ledger;
using Tokens.Wallet.Tests.Parts;
using Xunit.Abstractions;

namespace Tokens.Wallet.Tests.Balances;

/// <summary>What the cache saves, in statements: 80 % readings of balances and 20 % transfers, over 1,000 members.</summary>
public sealed class MixedLoadTests(ITestOutputHelper output)
{
    private const int Members = 1_000;
    private const int Steps = 10_000;
    private const int Workers = 10;

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL and Redis")]
    public async Task At_least_four_of_five_statements_for_balances_are_saved(string place)
    {
        await using var redis = place == "SQLite" ? OwnRedis.NotStarted() : await OwnRedis.StartAsync();
        await using var storage = place == "SQLite" ? Storage.Sqlite() : await Storage.PostgresAsync();
        var settings = new Dictionary<string, string?>(SharedHosts.Patient) { ["REDIS_URL"] = place == "SQLite" ? "" : redis.Url };
        using var queries = BalanceQueries.Of(storage);
        await using var wallet = await BareWallet.OpenAsync(storage, settings: settings);
        await wallet.StartAsync();
        var ids = Enumerable.Range(0, Members).Select(_ => Guid.NewGuid()).ToArray();
        await Task.WhenAll(ids.Select(id => wallet.Queue.PostAsync(TestRequests.Purchase(id, 1_000))));
        if (place != "SQLite")
        {
            await redis.FlushAsync();
        }

        queries.Forget();
        var readings = 0;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var step = 0; step < Steps / Workers; step++)
            {
                var (one, other) = (ids[random.Next(Members)], ids[random.Next(Members)]);
                if (random.Next(100) < 80 || one == other)
                {
                    await wallet.Get<BalanceReader>().ReadAsync(one, CancellationToken.None);
                    Interlocked.Increment(ref readings);
                }
                else
                {
                    (await wallet.Queue.PostAsync(TestRequests.Transfer(one, other))).ShouldBeOfType<PostingDecision.Posted>();
                }
            }
        })));

        output.WriteLine($"{queries.Count} statements for {readings} readings");
        queries.Count.ShouldBeLessThanOrEqualTo(readings / 5);
        foreach (var id in ids.Take(50))
        {
            var balance = await wallet.Get<BalanceReader>().ReadAsync(id, CancellationToken.None);
            balance.Tokens.ShouldBe(await wallet.Ledger.GetBalanceAsync(id, CancellationToken.None));
        }
    }
}
