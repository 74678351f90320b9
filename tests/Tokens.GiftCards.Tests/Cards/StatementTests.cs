using Tokens.GiftCards.Redemptions;
using Tokens.GiftCards.Tests.Parts;

namespace Tokens.GiftCards.Tests.Cards;

public sealed class StatementTests
{
    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task Issuing_and_redeeming_cost_one_posting_and_three_statements_each(StorageKind kind)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        using var statements = new StatementCounter();
        await using var host = await GiftCardsHost.OpenAsync(storage, logs: statements);
        var (buyer, friend) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Ledger.Give(buyer, 100);
        // The pepper is read from the database once a process.
        await host.IssueAsync(buyer, 1);
        host.Ledger.Committed.Clear();

        var before = statements.Count;
        var (_, code) = await host.IssueAsync(buyer, 10, "k");
        (statements.Count - before).ShouldBe(3);
        host.Ledger.Committed.Count.ShouldBe(1);

        before = statements.Count;
        (await host.RedeemAsync(friend, code, "k")).ShouldBeOfType<RedeemOutcome.Redeemed>();
        (statements.Count - before).ShouldBe(3);
        host.Ledger.Committed.Count.ShouldBe(2);
    }
}
