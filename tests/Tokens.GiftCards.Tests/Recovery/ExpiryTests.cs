using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Redemptions;
using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Tests.Recovery;

public sealed class ExpiryTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task An_expired_card_refunds_its_buyer_once_and_redeems_no_more(StorageKind kind)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage);
        // SQLite serves one process.
        await using var other = kind == StorageKind.Postgres ? await GiftCardsHost.OpenAsync(storage, host.Ledger, host.Clock) : null;
        var (buyer, friend) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Ledger.Give(buyer, 100);
        var (card, code) = await host.IssueAsync(buyer, 60, days: 1);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.StartAsync();
        await (other?.StartAsync() ?? Task.CompletedTask);

        await AdvanceUntilAsync(host, card.Id, CardStatus.Expired);

        host.Ledger.BalanceOf(buyer).ShouldBe(100);
        host.Ledger.Committed.Count(posting => posting.Legs[0].Kind == TransferKind.GiftCardRefunded).ShouldBe(1);
        (await host.RedeemAsync(friend, code)).ShouldBeOfType<RedeemOutcome.NotFound>();
        (await host.CancelAsync(card)).ShouldBeFalse();
        host.Ledger.BalanceOf(SystemAccount.GiftCards).ShouldBe(0);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_card_ends_once_when_it_is_redeemed_cancelled_and_expired_at_the_same_moment(StorageKind kind)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var (buyer, friend) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Ledger.Give(buyer, 1_000);
        for (var round = 0; round < 10; round++)
        {
            var (card, code) = await host.IssueAsync(buyer, 10, days: 1);
            var (before, beforeFriend) = (host.Ledger.BalanceOf(buyer), host.Ledger.BalanceOf(friend));
            host.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(500));
            await host.StartAsync();
            var redeem = Task.Run(() => host.RedeemAsync(friend, code));
            var cancel = Task.Run(() => host.CancelAsync(card));

            host.Clock.Advance(TimeSpan.FromSeconds(2));
            var (redeemed, cancelled) = (await redeem is RedeemOutcome.Redeemed, await cancel);
            await host.SettleAsync();
            await AdvanceUntilAsync(host, card.Id, redeemed ? CardStatus.Redeemed : cancelled ? CardStatus.Cancelled : CardStatus.Expired);

            await host.StopAsync();
            (redeemed && cancelled).ShouldBeFalse();
            host.Ledger.BalanceOf(friend).ShouldBe(beforeFriend + (redeemed ? 10 : 0));
            host.Ledger.BalanceOf(buyer).ShouldBe(before + (redeemed ? 0 : 10));
            host.Ledger.BalanceOf(SystemAccount.GiftCards).ShouldBe(0);
        }
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_sealed_code_is_deleted_after_a_day(StorageKind kind)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var buyer = Guid.CreateVersion7();
        host.Ledger.Give(buyer, 100);
        var (card, code) = await host.IssueAsync(buyer, 10, "k");
        host.Clock.Advance(TimeSpan.FromHours(23));
        (await host.TryIssueAsync(buyer, 10, "k")).ShouldBeOfType<IssueOutcome.Issued>().Code.ShouldBe(code);

        host.Clock.Advance(TimeSpan.FromHours(2));
        (await host.TryIssueAsync(buyer, 10, "k")).ShouldBeOfType<IssueOutcome.Issued>().Code.ShouldBeNull();
        await host.StartAsync();

        await Eventually.BecomesTrueAsync(
            async () => (await host.Get<CardStore>().GetAsync(card.Id)).SealedCode is null, Soon, "the sealed code is deleted");
        (await host.RedeemAsync(Guid.CreateVersion7(), code)).ShouldBeOfType<RedeemOutcome.Redeemed>();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_clock_set_back_leaves_nothing_lying(StorageKind kind)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var buyer = Guid.CreateVersion7();
        host.Ledger.Give(buyer, 100);
        host.Ledger.Fault = _ => LedgerFault.After;
        await Should.ThrowAsync<TimeoutException>(() => host.TryIssueAsync(buyer, 10));
        host.Ledger.Fault = _ => null;
        host.Clock.Correct(TimeSpan.FromDays(-400));

        await host.StartAsync();
        await AdvanceUntilAsync(host, (await host.CardsAsync()).ShouldHaveSingleItem().Id, CardStatus.Revoked);

        host.Ledger.BalanceOf(buyer).ShouldBe(100);
    }

    private static Task AdvanceUntilAsync(GiftCardsHost host, Guid cardId, CardStatus status) => Eventually.BecomesTrueAsync(
        async () =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(5));
            return (await host.Get<CardStore>().GetAsync(cardId)).Status == status;
        },
        Soon,
        $"the card is {status}");
}
