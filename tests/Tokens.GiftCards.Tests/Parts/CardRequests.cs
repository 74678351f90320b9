using System.Net.Http.Json;
using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.Parts;

/// <summary>What members do with cards and gifts, over HTTP.</summary>
internal static class CardRequests
{
    internal static Task<Answer> IssueAsync(this TestMember member, long tokens, string? key = null) =>
        member.PostAsync("/api/tokens/gift-card", new { tokenAmount = tokens }, key);

    /// <summary>A card that must come to be.</summary>
    internal static async Task<Card> BuyCardAsync(this TestMember member, long tokens, object? body = null)
    {
        var answer = await member.PostAsync("/api/tokens/gift-card", body ?? new { tokenAmount = tokens });
        answer.Status.ShouldBe(200, answer.Text);
        return new Card(answer.Json.GetProperty("giftCardId").GetGuid(), answer.Json.GetProperty("giftCardCode").GetString()!);
    }

    internal static Task<Answer> RedeemAsync(this TestMember member, string code, string? key = null) =>
        member.PostAsync("/api/tokens/redeem-gift-card", new { giftCardCode = code }, key);

    internal static Task<Answer> CancelAsync(this TestMember member, Guid cardId) =>
        member.SendAsync(HttpMethod.Delete, $"/api/tokens/gift-cards/{cardId}", content: null);

    internal static Task<Answer> GiftAsync(this TestMember member, object body, string? key = null) =>
        member.SendAsync(HttpMethod.Post, "/api/tokens/gift", JsonContent.Create(body), key);

    /// <summary>How the buyer's list shows the card.</summary>
    internal static async Task<string?> CardStatusAsync(this TestMember member, Guid cardId)
    {
        var answer = await member.GetAsync("/api/tokens/gift-cards?limit=200");
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json.GetProperty("giftCards").EnumerateArray()
            .Single(card => card.GetProperty("giftCardId").GetGuid() == cardId).GetProperty("status").GetString();
    }

    internal static void ShouldBeNotFound(this Answer answer)
    {
        answer.Status.ShouldBe(404, answer.Text);
        answer.Code.ShouldBe("gift_card_not_found");
        answer.Title.ShouldBe("Invalid or expired gift card code");
    }
}

/// <summary>A card and its code.</summary>
internal sealed record Card(Guid Id, string Code);
