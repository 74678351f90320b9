using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tokens.GiftCards.Data;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Gifts;

/// <summary>GET /api/tokens/gifts: what the caller has sent and received, newest first.</summary>
internal static class ListGifts
{
    private const int LimitDefault = 50;
    private const string Sent = "sent";
    private const string Received = "received";
    private static readonly WholeNumberRule LimitRule = new("limit", "Invalid limit", 1, 200);
    private static readonly WholeNumberRule OffsetRule = new("offset", "Invalid offset", 0, 10_000);

    internal sealed record Request(string? Type, int Limit, int Offset) : IInput<Request>
    {
        public static Request Read(InputReader input) => new(
            input.Query.OptionalChoice("type", "Invalid type", ["all", Sent, Received]),
            (int)(input.Query.OptionalWholeNumber(LimitRule) ?? LimitDefault),
            (int)(input.Query.OptionalWholeNumber(OffsetRule) ?? 0));
    }

    internal sealed record Item(
        Guid Id,
        string? SenderName,
        string? RecipientName,
        long TokenAmount,
        long NetTokens,
        long PlatformFee,
        string? Message,
        string? GiftType,
        string Status,
        DateTime CreatedAt,
        bool IsSent,
        bool IsReceived);

    internal sealed record Response(
        bool Success, IReadOnlyList<Item> Gifts, int Total, int Limit, int Offset, DateTime Timestamp);

    internal static async Task<Ok<Response>> Handle(
        Input<Request> input,
        Caller caller,
        IModuleDb<GiftCardsDb> db,
        IWalletLedger ledger,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (type, limit, offset) = input.Value;
        var (gifts, total) = await db.ReadAsync(
            async (context, token) =>
            {
                var own = Of(context.Gifts.AsNoTracking(), caller.Id, type);
                var page = await own.Include(gift => gift.Words).OrderByDescending(gift => gift.Id).Skip(offset).Take(limit).ToListAsync(token);
                return (page, await own.CountAsync(token));
            },
            cancellationToken);
        var people = gifts.SelectMany(gift => new[] { gift.SenderId, gift.RecipientId }).Distinct().ToList();
        var names = people.Count == 0
            ? new Dictionary<Guid, Member>()
            : await ledger.FindMembersAsync(people, cancellationToken);
        var items = gifts.Select(gift => ItemOf(gift, caller.Id, names)).ToList();
        return TypedResults.Ok(new Response(true, items, total, limit, offset, time.UtcNow()));
    }

    private static IQueryable<Gift> Of(IQueryable<Gift> gifts, Guid memberId, string? type)
    {
        var sent = gifts.Where(gift => gift.Status == GiftStatus.Sent);
        return type switch
        {
            Sent => sent.Where(gift => gift.SenderId == memberId),
            Received => sent.Where(gift => gift.RecipientId == memberId),
            _ => sent.Where(gift => gift.SenderId == memberId || gift.RecipientId == memberId),
        };
    }

    private static Item ItemOf(Gift gift, Guid memberId, IReadOnlyDictionary<Guid, Member> names) => new(
        gift.Id,
        names.GetValueOrDefault(gift.SenderId)?.DisplayName,
        names.GetValueOrDefault(gift.RecipientId)?.DisplayName,
        gift.Tokens,
        gift.NetTokens,
        gift.FeeTokens,
        gift.Words?.Message,
        gift.GiftType,
        "completed",
        gift.CreatedAt,
        gift.SenderId == memberId,
        gift.RecipientId == memberId);
}
