using Tokens.GiftCards.Redemptions;
using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.Redemptions;

/// <summary>How long a refusal takes tells nothing about the code.</summary>
public abstract class RedeemTimingTests
{
    private const int Rounds = 300;

    [Fact]
    public async Task Unknown_used_and_expired_take_the_same_statements_and_the_same_time()
    {
        await using var storage = await OpenStorageAsync();
        using var statements = new StatementCounter();
        await using var host = await GiftCardsHost.OpenAsync(storage, logs: statements, settings: ("GiftCards:Lock:FailuresMax", "10000"));
        var (buyer, friend) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Ledger.Give(buyer, 100);
        var (_, used) = await host.IssueAsync(buyer, 10, days: 300);
        (await host.RedeemAsync(friend, used)).ShouldBeOfType<RedeemOutcome.Redeemed>();
        var (_, expired) = await host.IssueAsync(buyer, 10, days: 1);
        // The worker isn't started: this is the moment before it has come by.
        host.Clock.Advance(TimeSpan.FromDays(2));
        string[] codes = [Guid.NewGuid().ToString(), used, expired];

        var times = codes.Select(_ => new List<double>()).ToArray();
        var counts = codes.Select(_ => new HashSet<int>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            // In turn, so that whatever else the machine does meets all of them alike.
            for (var i = 0; i < codes.Length; i++)
            {
                var before = statements.Count;
                var started = TimeProvider.System.GetTimestamp();
                (await host.RedeemAsync(friend, codes[i])).ShouldBeOfType<RedeemOutcome.NotFound>();
                times[i].Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
                counts[i].Add(statements.Count - before);
            }
        }

        counts.ShouldAllBe(count => count.Single() == 2);
        var medians = times.Select(MedianOf).ToArray();
        (medians.Max() - medians.Min()).ShouldBeLessThan(1.0, $"medians in ms: {string.Join(", ", medians)}");
    }

    private protected abstract Task<Storage> OpenStorageAsync();

    private static double MedianOf(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

[Collection(Alone.Name)]
[Trait(Form.Trait, Form.Measured)]
public sealed class RedeemTimingOnSqliteTests : RedeemTimingTests
{
    private protected override Task<Storage> OpenStorageAsync() => Task.FromResult(Storage.Sqlite());
}

[Collection(Alone.Name)]
[Trait(Form.Trait, Form.Measured)]
public sealed class RedeemTimingOnPostgresTests : RedeemTimingTests
{
    private protected override Task<Storage> OpenStorageAsync() => Storage.PostgresAsync();
}
