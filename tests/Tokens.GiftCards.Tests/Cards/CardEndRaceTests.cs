using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tokens.GiftCards.Data;
using Tokens.GiftCards.Tests.Parts;
using Tokens.Platform.Storage;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.Cards;

/// <summary>Redeemed, cancelled and expired at the same moment, a card ends once: on one host and over two, workers running.</summary>
public abstract class CardEndRaceTests
{
    private const int Cards = 60;
    private const long Tokens = 10;
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task Each_card_ends_once_and_every_token_is_somewhere()
    {
        await using var storage = await OpenStorageAsync();
        await using var hosts = await Hosts.StartAsync(
            storage, HostCount, new Dictionary<string, string?> { ["GiftCards:Recovery:PollMilliseconds"] = "20" });
        using var buyer = await TestMember.SignInAsync(hosts[0].Gateway);
        using var buyerElsewhere = await TestMember.SignInAsync(hosts[HostCount - 1].Gateway, id: buyer.Id);
        using var friend = await TestMember.SignInAsync(hosts[0].Gateway);
        using var stranger = await TestMember.SignInAsync(hosts[HostCount - 1].Gateway);
        await hosts.GiveAsync(buyer, Cards * Tokens);
        var cards = new List<Card>();
        for (var i = 0; i < Cards; i++)
        {
            cards.Add(await buyer.BuyCardAsync(Tokens));
        }

        // They expire one after the other while everybody wants them.
        var db = hosts[0].Services.GetRequiredService<IModuleDb<GiftCardsDb>>();
        var begin = TimeProvider.System.GetUtcNow().UtcDateTime;
        for (var i = 0; i < Cards; i++)
        {
            var (id, end) = (cards[i].Id, begin.AddMilliseconds(20 * i));
            await db.WriteAsync(
                (context, token) => context.Cards.Where(card => card.Id == id).ExecuteUpdateAsync(card => card.SetProperty(c => c.ExpiresAt, end), token),
                CancellationToken.None);
        }

        var statuses = await Task.WhenAll(cards.Reverse<Card>().SelectMany<Card, Task<(Guid Id, string By, int Status)>>(card =>
        [
            RunAsync(card, "friend", () => friend.RedeemAsync(card.Code)),
            RunAsync(card, "buyer", () => buyerElsewhere.CancelAsync(card.Id)),
            RunAsync(card, "stranger", () => stranger.RedeemAsync(card.Code)),
        ]));

        await Eventually.BecomesTrueAsync(
            async () => (await ListAsync(buyer)).All(card => card.GetProperty("status").GetString() != "active")
                && await friend.BalanceAsync() + await stranger.BalanceAsync() + await buyer.BalanceAsync() == Cards * Tokens,
            Soon,
            "every card has ended");
        statuses.ShouldAllBe(each => each.Status == 200 || each.Status == (each.By == "buyer" ? 409 : 404));
        foreach (var card in await ListAsync(buyer))
        {
            var won = statuses.Where(each => each.Id == card.GetProperty("giftCardId").GetGuid() && each.Status == 200).Select(each => each.By).ToList();
            won.ShouldBe(card.GetProperty("status").GetString() switch
            {
                "expired" => [],
                "cancelled" => ["buyer"],
                _ => [won.SingleOrDefault(by => by != "buyer") ?? "nobody"],
            });
        }

        (await friend.BalanceAsync()).ShouldBe(Tokens * statuses.Count(each => each is { By: "friend", Status: 200 }));
        (await stranger.BalanceAsync()).ShouldBe(Tokens * statuses.Count(each => each is { By: "stranger", Status: 200 }));
        await hosts.LedgerShouldBeCleanAsync();
    }

    private protected abstract int HostCount { get; }

    private protected abstract Task<Storage> OpenStorageAsync();

    private static async Task<(Guid Id, string By, int Status)> RunAsync(Card card, string by, Func<Task<Answer>> call) =>
        (card.Id, by, (await call()).Status);

    private static async Task<List<JsonElement>> ListAsync(TestMember buyer) =>
        [.. (await buyer.GetAsync("/api/tokens/gift-cards?limit=200")).Json.GetProperty("giftCards").EnumerateArray()];
}

public sealed class CardEndRaceOnSqliteTests : CardEndRaceTests
{
    private protected override int HostCount => 1;

    private protected override Task<Storage> OpenStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class CardEndRaceOverTwoHostsTests : CardEndRaceTests
{
    private protected override int HostCount => 2;

    private protected override Task<Storage> OpenStorageAsync() => Storage.PostgresAsync();
}
