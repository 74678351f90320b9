using Tokens.GiftCards.Redemptions;
using Tokens.GiftCards.Tests.Parts;

namespace Tokens.GiftCards.Tests.Redemptions;

/// <summary>
/// A refusal costs the same work whatever the code was, so that its time tells nothing about the code. That the times are the same, too,
/// the benchmark measures.
/// </summary>
public sealed class RefusedCodeTests
{
    private const int Rounds = 5;

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task Unknown_used_and_expired_take_the_same_statements(StorageKind kind)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
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

        var work = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var code in codes)
            {
                var before = statements.Count;
                (await host.RedeemAsync(friend, code)).ShouldBeOfType<RedeemOutcome.NotFound>();
                var own = statements.Texts.Skip(before).ToArray();
                own.Length.ShouldBe(2, "a look and a count");
                work.Add(string.Join('\n', own));
            }
        }

        work.Distinct().ShouldHaveSingleItem();
    }
}
