using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Recovery;
using Tokens.GiftCards.Redemptions;
using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Tests.Cards;

/// <summary>The buyer is shown the code of a card at least once, also where repeats show none.</summary>
public sealed class CodeRevealTests
{
    private static readonly (string, string) Once = ("GiftCards:RevealHours", "0");

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task The_first_answer_carries_the_code_and_a_repeat_after_it_none(StorageKind kind)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var hosts = await Hosts.StartAsync(storage, 1, new Dictionary<string, string?> { [Once.Item1] = Once.Item2 });
        using var buyer = await TestMember.SignInAsync(hosts[0].Gateway);
        await hosts.GiveAsync(buyer, 1_000);

        var first = await buyer.IssueAsync(100, "k");
        var second = await buyer.IssueAsync(100, "k");
        var keyless = await buyer.BuyCardAsync(100);

        first.Status.ShouldBe(200, first.Text);
        var code = first.Json.GetProperty("giftCardCode").GetString()!;
        first.Json.GetProperty("redeemUrl").GetString().ShouldEndWith(code);
        second.Status.ShouldBe(200, second.Text);
        second.IsReplay.ShouldBeTrue();
        second.Json.GetProperty("giftCardCode").GetString().ShouldBeNull();
        second.Json.GetProperty("redeemUrl").GetString().ShouldBeNull();
        second.Json.GetProperty("giftCardId").GetGuid().ShouldBe(first.Json.GetProperty("giftCardId").GetGuid());
        second.Json.GetProperty("newBalance").GetInt64().ShouldBe(900);
        using var friend = await TestMember.SignInAsync(hosts[0].Gateway);
        (await friend.RedeemAsync(code)).Status.ShouldBe(200);
        (await friend.RedeemAsync(keyless.Code)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite, true)]
    [InlineData(StorageKind.Sqlite, false)]
    [InlineData(StorageKind.Postgres, false)]
    public async Task A_repeat_shows_the_code_when_the_first_request_died(StorageKind kind, bool isBefore)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage, settings: Once);
        var buyer = Guid.CreateVersion7();
        host.Ledger.Give(buyer, 100);
        host.Ledger.Fault = _ => isBefore ? LedgerFault.Before : LedgerFault.After;
        await Should.ThrowAsync<TimeoutException>(() => host.TryIssueAsync(buyer, 60, "k"));
        host.Ledger.Fault = _ => null;
        await host.Get<DueCards>().UnsealAsync(CancellationToken.None);

        var (_, code) = await host.IssueAsync(buyer, 60, "k");

        code.ShouldNotBeNull();
        host.Ledger.BalanceOf(buyer).ShouldBe(40);
        (await host.RedeemAsync(Guid.CreateVersion7(), code)).ShouldBeOfType<RedeemOutcome.Redeemed>();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Postgres)]
    public async Task A_repeat_shows_the_code_while_no_answer_with_it_was_sent(StorageKind kind)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage, settings: Once);
        var buyer = Guid.CreateVersion7();
        host.Ledger.Give(buyer, 100);
        // As after a host that died with the card active and its answer unsent.
        var (card, code) = await host.IssueAsync(buyer, 60, "k");
        host.Clock.Advance(TimeSpan.FromHours(23));
        await host.Get<DueCards>().UnsealAsync(CancellationToken.None);

        (await host.IssueAsync(buyer, 60, "k")).Code.ShouldBe(code);

        await host.Get<CardStore>().DeleteCodeAsync(card.Id);
        (await host.IssueAsync(buyer, 60, "k")).Code.ShouldBeNull();
        host.Ledger.BalanceOf(buyer).ShouldBe(40);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite, true)]
    [InlineData(StorageKind.Sqlite, false)]
    [InlineData(StorageKind.Postgres, false)]
    public async Task A_card_whose_code_is_lost_before_it_was_shown_is_rolled_back_and_made_anew(StorageKind kind, bool isBefore)
    {
        await using var storage = await TestStorage.CreateAsync(kind);
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var buyer = Guid.CreateVersion7();
        host.Ledger.Give(buyer, 100);
        host.Ledger.Fault = _ => isBefore ? LedgerFault.Before : LedgerFault.After;
        await Should.ThrowAsync<TimeoutException>(() => host.TryIssueAsync(buyer, 60, "k"));
        host.Ledger.Fault = _ => null;
        var lost = (await host.CardsAsync()).ShouldHaveSingleItem();
        await host.Get<CardStore>().DeleteCodeAsync(lost.Id);

        var (card, code) = await host.IssueAsync(buyer, 60, "k");

        card.Id.ShouldNotBe(lost.Id);
        (await host.CardsAsync()).Single(row => row.Id == lost.Id).Status.ShouldBe(CardStatus.Revoked);
        host.Ledger.BalanceOf(buyer).ShouldBe(40);
        host.Ledger.BalanceOf(SystemAccount.GiftCards).ShouldBe(60);
        (await host.RedeemAsync(Guid.CreateVersion7(), code)).ShouldBeOfType<RedeemOutcome.Redeemed>();
    }

    [Fact]
    public async Task A_card_bought_without_a_key_keeps_no_copy_of_its_code()
    {
        await using var storage = Storage.Sqlite();
        await using var host = await GiftCardsHost.OpenAsync(storage);
        var buyer = Guid.CreateVersion7();
        host.Ledger.Give(buyer, 100);

        var (keyless, code) = await host.IssueAsync(buyer, 10);
        var (keyed, _) = await host.IssueAsync(buyer, 10, "k");

        code.ShouldNotBeNull();
        var rows = (await host.CardsAsync()).ToDictionary(card => card.Id);
        (rows[keyless.Id].SealedCode, rows[keyless.Id].SealedUntil).ShouldBe((null, null));
        rows[keyed.Id].SealedCode.ShouldNotBeNull();
    }

    [Fact]
    public void What_carries_a_code_prints_without_it()
    {
        const string Code = "0f8fad5b-d9cb-469f-a165-70867728950e";

        new RedeemCard.Request(Code).ToString().ShouldNotContain(Code);
        new IssueCard.Response(true, Guid.Empty, Code, 1, null, default, "/redeem/" + Code, 0, default).ToString().ShouldNotContain(Code);
    }
}
