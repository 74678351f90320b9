using Microsoft.Extensions.Options;
using Tokens.GiftCards.Catalog;
using Tokens.GiftCards.Codes;
using Tokens.GiftCards.Gifts;
using Tokens.GiftCards.Tests.Parts;
using Tokens.Platform.Inputs;
using Tokens.Testing.Products;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Tests.Gifts;

public sealed class GiftsOptionsTests
{
    [Theory]
    [InlineData("0", 99, 0)]
    [InlineData("10", 9, 0)]
    [InlineData("10", 99, 9)]
    [InlineData("2.5", 10_000, 250)]
    [InlineData("99", 1, 0)]
    [InlineData("99", 100, 99)]
    public async Task The_fee_is_rounded_down_and_posted_with_the_gift(string percent, long tokens, long fee)
    {
        await using var storage = Storage.Sqlite();
        await using var host = await GiftCardsHost.OpenAsync(storage, settings: ("PLATFORM_FEE_PERCENTAGE", percent));
        var (sender, recipient) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Ledger.Give(sender, tokens);

        var (gift, _, problem) = await host.GiftAsync(sender, recipient, tokens);

        problem.ShouldBeNull();
        gift!.FeeTokens.ShouldBe(fee);
        host.Ledger.Committed.ShouldHaveSingleItem();
        host.Ledger.BalanceOf(sender).ShouldBe(0);
        host.Ledger.BalanceOf(recipient).ShouldBe(tokens - fee);
        host.Ledger.BalanceOf(SystemAccount.Fees).ShouldBe(fee);
    }

    [Theory]
    [InlineData("PLATFORM_FEE_PERCENTAGE", "-1")]
    [InlineData("PLATFORM_FEE_PERCENTAGE", "100")]
    [InlineData("PLATFORM_FEE_PERCENTAGE", "ten")]
    [InlineData("Gifts:Catalog:0:Cost", "5")]
    public async Task Settings_out_of_range_stop_the_start(string name, string value)
    {
        await using var storage = Storage.Sqlite();
        await using var host = await GiftCardsHost.OpenAsync(storage, settings: (name, value));

        Should.Throw<OptionsValidationException>(() => host.Get<IOptions<GiftsOptions>>().Value);
    }

    [Fact]
    public async Task A_repeat_has_its_answer_whatever_has_become_of_the_catalog()
    {
        await using var storage = Storage.Sqlite();
        var order = new GiftOrder
        {
            SenderId = Guid.CreateVersion7(),
            RecipientId = Guid.CreateVersion7(),
            Key = new IdempotencyKey("k"),
            Tokens = 5,
            CatalogId = "heart",
            Listed = new CatalogGift { Id = "heart", Name = "Heart", Emoji = "♥", Cost = 5 },
        };
        await using var host = await GiftCardsHost.OpenAsync(storage);
        host.Ledger.Give(order.SenderId, 10);
        var (first, _, _) = await host.Get<GiftSending>().SendAsync(order, CancellationToken.None);
        var later = order with { Listed = new CatalogGift { Id = "heart", Name = "Big Heart", Emoji = "♥", Cost = 6 } };

        var (again, isReplay, problem) = await host.Get<GiftSending>().SendAsync(later, CancellationToken.None);
        var (fresh, _, refused) = await host.Get<GiftSending>().SendAsync(later with { Key = null }, CancellationToken.None);

        problem.ShouldBeNull();
        isReplay.ShouldBeTrue();
        again!.Id.ShouldBe(first!.Id);
        again.Words!.GiftName.ShouldBe("Heart");
        fresh.ShouldBeNull();
        refused!.Kind.Status.ShouldBe(400);
        host.Ledger.BalanceOf(order.SenderId).ShouldBe(5);
    }

    [Fact]
    public async Task A_short_pepper_stops_the_start_and_is_not_told()
    {
        await using var storage = Storage.Sqlite();
        await using var host = await GiftCardsHost.OpenAsync(storage, settings: ("GIFT_CARD_PEPPER", "a pepper of thirty-two characters or more,too-short"));

        var fault = Should.Throw<OptionsValidationException>(() => host.Get<IOptions<PepperOptions>>().Value);

        fault.Message.ShouldContain("GIFT_CARD_PEPPER");
        fault.Message.ShouldNotContain("too-short");
    }
}
