using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Gifts;
using Tokens.GiftCards.Redemptions;
using Tokens.GiftCards.Tests.Parts;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Tests.Recovery;

/// <summary>A ledger whose answer is lost leaves everything to its key, or to the worker.</summary>
public sealed class InterruptionTests
{
    public static readonly TheoryData<StorageKind, bool> Everywhere = new()
    {
        { StorageKind.Sqlite, true },
        { StorageKind.Sqlite, false },
        { StorageKind.Postgres, true },
        { StorageKind.Postgres, false },
    };

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_card_that_nobody_finishes_is_rolled_back_and_its_key_opens_another(StorageKind kind, bool isBefore)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var buyer = Guid.CreateVersion7();
        host.Ledger.Give(buyer, 100);
        await FailAsync(host, isBefore, () => host.TryIssueAsync(buyer, 60, "k"));

        await host.StartAsync();
        await host.SettleAsync();

        (await host.CardsAsync()).ShouldHaveSingleItem().Status.ShouldBe(CardStatus.Revoked);
        host.Ledger.BalanceOf(buyer).ShouldBe(100);
        await host.IssueAsync(buyer, 70, "k");
        host.Ledger.BalanceOf(buyer).ShouldBe(30);
        host.Ledger.BalanceOf(SystemAccount.GiftCards).ShouldBe(70);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task The_same_key_finishes_a_card_before_it_is_rolled_back(StorageKind kind, bool isBefore)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var buyer = Guid.CreateVersion7();
        host.Ledger.Give(buyer, 100);
        await FailAsync(host, isBefore, () => host.TryIssueAsync(buyer, 60, "k"));

        var (card, code) = await host.IssueAsync(buyer, 60, "k");
        await host.StartAsync();
        await host.SettleAsync();

        (await host.CardsAsync()).ShouldHaveSingleItem().Status.ShouldBe(CardStatus.Active);
        host.Ledger.BalanceOf(buyer).ShouldBe(40);
        card.IssuedBalance.ShouldBe(40);
        (await host.RedeemAsync(Guid.CreateVersion7(), code)).ShouldBeOfType<RedeemOutcome.Redeemed>();
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_redemption_goes_on_by_itself(StorageKind kind, bool isBefore)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var (buyer, friend) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Ledger.Give(buyer, 100);
        var (card, code) = await host.IssueAsync(buyer, 60);
        await FailAsync(host, isBefore, () => host.RedeemAsync(friend, code, "k"));
        (await host.CancelAsync(card)).ShouldBeFalse();

        await host.StartAsync();
        await host.SettleAsync();

        host.Ledger.BalanceOf(friend).ShouldBe(60);
        (await host.RedeemAsync(friend, code, "k")).ShouldBeOfType<RedeemOutcome.Redeemed>().IsReplay.ShouldBeTrue();
        host.Ledger.BalanceOf(friend).ShouldBe(60);
        host.Ledger.BalanceOf(SystemAccount.GiftCards).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_cancellation_goes_on_by_itself(StorageKind kind, bool isBefore)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var buyer = Guid.CreateVersion7();
        host.Ledger.Give(buyer, 100);
        var (card, code) = await host.IssueAsync(buyer, 60);
        await FailAsync(host, isBefore, () => host.CancelAsync(card));
        (await host.RedeemAsync(Guid.CreateVersion7(), code)).ShouldBeOfType<RedeemOutcome.NotFound>();

        await host.StartAsync();
        await host.SettleAsync();

        host.Ledger.BalanceOf(buyer).ShouldBe(100);
        (await host.CancelAsync(card)).ShouldBeTrue();
        host.Ledger.BalanceOf(buyer).ShouldBe(100);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_gift_has_happened_or_never_will(StorageKind kind, bool isBefore)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var (sender, recipient) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Ledger.Give(sender, 100);
        await FailAsync(host, isBefore, () => host.GiftAsync(sender, recipient, 60, "k"));

        await host.StartAsync();
        await host.SettleAsync();

        (await host.GiftsAsync()).ShouldHaveSingleItem().Status.ShouldBe(isBefore ? GiftStatus.Failed : GiftStatus.Sent);
        host.Ledger.BalanceOf(recipient).ShouldBe(isBefore ? 0 : 60);
        var again = await host.GiftAsync(sender, recipient, 60, "k");
        again.IsReplay.ShouldBe(!isBefore);
        host.Ledger.BalanceOf(recipient).ShouldBe(60);
        host.Ledger.BalanceOf(sender).ShouldBe(40);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_posting_that_comes_after_the_roll_back_is_refused(StorageKind kind)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var buyer = Guid.CreateVersion7();
        host.Ledger.Give(buyer, 100);
        Posting? late = null;
        host.Ledger.Fault = posting =>
        {
            late ??= posting;
            return LedgerFault.Before;
        };
        await Should.ThrowAsync<TimeoutException>(() => host.TryIssueAsync(buyer, 60));
        host.Ledger.Fault = _ => null;
        await host.StartAsync();
        await host.SettleAsync();

        // As a host does that was frozen all the while.
        (await host.Ledger.PostAsync(late!, CancellationToken.None)).ShouldBeOfType<PostingOutcome.KeyReused>();

        host.Ledger.BalanceOf(buyer).ShouldBe(100);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task What_is_refused_to_one_request_alone_leaves_nothing_in_the_ledger(StorageKind kind)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var poor = Guid.CreateVersion7();

        (await host.TryIssueAsync(poor, 60, "k")).ShouldBeOfType<IssueOutcome.Refused>();
        (await host.GiftAsync(poor, Guid.CreateVersion7(), 60, "k")).Problem.ShouldNotBeNull();

        host.Ledger.Committed.ShouldBeEmpty();
        host.Ledger.Give(poor, 120);
        (await host.TryIssueAsync(poor, 60, "k")).ShouldBeOfType<IssueOutcome.Issued>();
        (await host.GiftAsync(poor, Guid.CreateVersion7(), 60, "k")).Gift.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_refusal_rules_out_what_another_request_with_the_key_may_still_post(StorageKind kind)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var (poor, friend) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var late = new List<Posting>();
        host.Ledger.Fault = posting =>
        {
            late.Add(posting);
            return LedgerFault.Before;
        };
        await Should.ThrowAsync<TimeoutException>(() => host.TryIssueAsync(poor, 60, "k"));
        await Should.ThrowAsync<TimeoutException>(() => host.GiftAsync(poor, friend, 60, "k"));
        host.Ledger.Fault = _ => null;

        (await host.TryIssueAsync(poor, 60, "k")).ShouldBeOfType<IssueOutcome.Refused>();
        (await host.GiftAsync(poor, friend, 60, "k")).Problem.ShouldNotBeNull();

        host.Ledger.Give(poor, 120);
        late.Count.ShouldBe(2);
        foreach (var posting in late)
        {
            (await host.Ledger.PostAsync(posting, CancellationToken.None)).ShouldBeOfType<PostingOutcome.KeyReused>();
        }

        host.Ledger.BalanceOf(poor).ShouldBe(120);
    }

    private static async Task FailAsync<T>(GiftCardsHost host, bool isBefore, Func<Task<T>> work)
    {
        host.Ledger.Fault = _ => isBefore ? LedgerFault.Before : LedgerFault.After;
        await Should.ThrowAsync<TimeoutException>(async () => await work());
        host.Ledger.Fault = _ => null;
    }
}
