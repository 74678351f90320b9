using System.Text.Json;
using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.Gifts;

public abstract class SendGiftTests(ProductFixture fixture)
{
    [Fact]
    public async Task A_gift_moves_tokens_and_both_sides_see_it()
    {
        using var sender = await fixture.SignInWithAsync(1_000);
        using var recipient = await fixture.SignInAsync(name: "Rita");

        var answer = await sender.GiftAsync(new
        {
            recipientId = recipient.Id,
            tokenAmount = 100,
            giftId = "crown",
            giftName = "a lie",
            giftType = "sticker",
            message = "'; DROP TABLE gifts; -- 👑",
            channel = "live",
        });

        answer.Status.ShouldBe(200, answer.Text);
        var json = answer.Json;
        json.GetProperty("tokensGifted").GetInt64().ShouldBe(100);
        json.GetProperty("netTokensReceived").GetInt64().ShouldBe(100);
        json.GetProperty("platformFee").GetInt64().ShouldBe(0);
        json.GetProperty("recipient").GetProperty("id").GetGuid().ShouldBe(recipient.Id);
        json.GetProperty("recipient").GetProperty("name").GetString().ShouldBe("Rita");
        var metadata = json.GetProperty("giftMetadata");
        metadata.GetProperty("giftId").GetString().ShouldBe("crown");
        metadata.GetProperty("giftName").GetString().ShouldBe("Crown");
        metadata.GetProperty("giftEmoji").GetString().ShouldBe("👑");
        metadata.GetProperty("giftType").GetString().ShouldBe("sticker");
        metadata.GetProperty("channel").GetString().ShouldBe("live");
        json.GetProperty("newBalance").GetInt64().ShouldBe(900);
        json.GetProperty("senderBalance").GetInt64().ShouldBe(900);
        (await recipient.BalanceAsync()).ShouldBe(100);
        await ShouldShowAsync(sender, "gift_sent", -100, json.GetProperty("giftId").GetString()!);
        await ShouldShowAsync(recipient, "gift_received", 100, json.GetProperty("giftId").GetString()!);
        foreach (var (member, isSent) in new[] { (sender, true), (recipient, false) })
        {
            var list = (await member.GetAsync("/api/tokens/gifts?type=all")).Json;
            list.GetProperty("total").GetInt32().ShouldBe(1);
            var gift = list.GetProperty("gifts")[0];
            gift.GetProperty("id").GetString().ShouldBe(json.GetProperty("giftId").GetString());
            gift.GetProperty("recipientName").GetString().ShouldBe("Rita");
            gift.GetProperty("message").GetString().ShouldBe("'; DROP TABLE gifts; -- 👑");
            gift.GetProperty("isSent").GetBoolean().ShouldBe(isSent);
            gift.GetProperty("isReceived").GetBoolean().ShouldBe(!isSent);
            gift.GetProperty("status").GetString().ShouldBe("completed");
        }

        (await sender.GetAsync("/api/tokens/gifts?type=received")).Json.GetProperty("total").GetInt32().ShouldBe(0);
        (await recipient.GetAsync("/api/tokens/gifts?type=sent")).Json.GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Fifty_parallel_calls_with_one_key_send_one_gift()
    {
        using var sender = await fixture.SignInWithAsync(1_000);
        using var recipient = await fixture.SignInAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            _ => sender.GiftAsync(new { recipientId = recipient.Id, tokenAmount = 100, message = "hi" }, "one-key")));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        (await sender.BalanceAsync()).ShouldBe(900);
        (await recipient.BalanceAsync()).ShouldBe(100);
        (await sender.GiftAsync(new { recipientId = recipient.Id, tokenAmount = 101 }, "one-key")).Status.ShouldBe(422);
    }

    [Fact]
    public async Task Refusals_change_nothing_and_free_the_key()
    {
        using var sender = await fixture.SignInWithAsync(50);
        using var recipient = await fixture.SignInAsync();

        var self = await sender.GiftAsync(new { recipientId = sender.Id, tokenAmount = 10 }, "k");
        var nobody = await sender.GiftAsync(new { recipientId = Guid.NewGuid(), tokenAmount = 10 }, "k");
        var much = await sender.GiftAsync(new { recipientId = recipient.Id, tokenAmount = 10_001 }, "k");
        var price = await sender.GiftAsync(new { recipientId = recipient.Id, tokenAmount = 6, giftId = "heart" }, "k");
        var poor = await sender.GiftAsync(new { recipientId = recipient.Id, tokenAmount = 51 }, "k");

        self.Status.ShouldBe(400, self.Text);
        self.Title.ShouldBe("Cannot gift tokens to yourself");
        nobody.Status.ShouldBe(404, nobody.Text);
        nobody.Code.ShouldBe("recipient_not_found");
        much.Status.ShouldBe(400, much.Text);
        much.Title.ShouldBe("Maximum gift amount is 10,000 tokens");
        price.Status.ShouldBe(400, price.Text);
        poor.Status.ShouldBe(402, poor.Text);
        (await sender.BalanceAsync()).ShouldBe(50);
        (await recipient.BalanceAsync()).ShouldBe(0);
        (await sender.GetAsync("/api/tokens/gifts")).Json.GetProperty("total").GetInt32().ShouldBe(0);
        (await sender.GiftAsync(new { recipientId = recipient.Id, tokenAmount = 50 }, "k")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_catalog_lists_eighteen_gifts_with_their_rarity()
    {
        using var member = await fixture.SignInAsync();

        var gifts = (await member.GetAsync("/api/tokens/catalog")).Json.EnumerateArray().ToList();

        gifts.Count.ShouldBe(18);
        Read(gifts[0]).ShouldBe(("heart", "Heart", "❤️", 5, "common"));
        Read(gifts[^1]).ShouldBe(("island", "Private Island", "🏝️", 2_500, "mythic"));
        gifts.CountBy(gift => gift.GetProperty("rarity").GetString()!).ToDictionary(each => each.Key, each => each.Value)
            .ShouldBe(new Dictionary<string, int> { ["common"] = 6, ["rare"] = 4, ["epic"] = 2, ["legendary"] = 4, ["mythic"] = 2 });
    }

    private static (string? Id, string? Name, string? Emoji, long Cost, string? Rarity) Read(JsonElement gift) => (
        gift.GetProperty("id").GetString(),
        gift.GetProperty("name").GetString(),
        gift.GetProperty("emoji").GetString(),
        gift.GetProperty("cost").GetInt64(),
        gift.GetProperty("rarity").GetString());

    private static async Task ShouldShowAsync(TestMember member, string type, long tokens, string reference)
    {
        var entry = (await member.GetAsync("/api/tokens/transactions?limit=1")).Json.GetProperty("transactions")[0];
        entry.GetProperty("type").GetString().ShouldBe(type);
        entry.GetProperty("tokens").GetInt64().ShouldBe(tokens);
        entry.GetProperty("reference").GetString().ShouldBe(reference);
    }
}

[Collection(OnSqlite.Name)]
public sealed class SendGiftOnSqliteTests(SqliteProduct product) : SendGiftTests(product);

[Collection(OnPostgres.Name)]
public sealed class SendGiftOnPostgresTests(PostgresProduct product) : SendGiftTests(product);
