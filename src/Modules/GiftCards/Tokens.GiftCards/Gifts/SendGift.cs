using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Gifts;

/// <summary>POST /api/tokens/gift: tokens from the caller to another member, perhaps as something of the catalog.</summary>
internal static class SendGift
{
    internal const long TokensMax = 10_000;

    private static readonly WholeNumberRule AmountRule = new("tokenAmount", "Invalid token amount") { Aliases = ["amountTokens"] };
    private static readonly TextRule MessageRule = new("message", "Invalid message", 500);
    private static readonly TextRule TypeRule = new("giftType", "Invalid gift type", 50) { AllowsControlCharacters = false };
    private static readonly TextRule IdRule = new("giftId", "Invalid gift", 50) { AllowsControlCharacters = false };
    private static readonly TextRule NameRule = new("giftName", "Invalid gift name", 100) { AllowsControlCharacters = false };
    private static readonly TextRule EmojiRule = new("giftEmoji", "Invalid gift emoji", 32) { AllowsControlCharacters = false };
    private static readonly TextRule ChannelRule = new("channel", "Invalid channel format", 100) { AllowsControlCharacters = false };

    private static readonly ProblemKind RecipientNotFound = new(404, "recipient_not_found", "Recipient not found");

    internal sealed record Request(
        Guid RecipientId,
        long Tokens,
        string? Message,
        string? GiftType,
        string? GiftId,
        string? GiftName,
        string? GiftEmoji,
        string? Channel) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            input.TakesIdempotencyKey();
            var recipientId = input.Body.RequiredId("recipientId", "Invalid recipient id");
            var tokens = input.Body.RequiredWholeNumber(AmountRule);
            if (tokens > TokensMax)
            {
                input.Fault("tokenAmount", "Maximum gift amount is 10,000 tokens", "Send 10,000 tokens or less at a time.");
            }

            return new Request(
                recipientId,
                tokens,
                input.Body.OptionalText(MessageRule),
                input.Body.OptionalText(TypeRule),
                input.Body.OptionalText(IdRule),
                input.Body.OptionalText(NameRule),
                input.Body.OptionalText(EmojiRule),
                input.Body.OptionalText(ChannelRule));
        }
    }

    internal sealed record Person(Guid Id, string? Name);

    internal sealed record Metadata(string? GiftId, string? GiftName, string? GiftEmoji, string? GiftType, string? Channel);

    internal sealed record Response(
        bool Success,
        Guid GiftId,
        long TokensGifted,
        long NetTokensReceived,
        long PlatformFee,
        Person Recipient,
        Metadata GiftMetadata,
        string? Message,
        long SenderBalance,
        long NewBalance,
        DateTime Timestamp);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        Input<Request> input,
        Caller caller,
        HttpContext context,
        GiftSending gifts,
        IWalletLedger ledger,
        IOptions<GiftsOptions> options)
    {
        var request = input.Value;
        if (request.RecipientId == caller.Id)
        {
            return InputFault.Of("recipientId", "Cannot gift tokens to yourself", "The recipient must be somebody else.");
        }

        var members = await ledger.FindMembersAsync([request.RecipientId], context.RequestAborted);
        if (!members.TryGetValue(request.RecipientId, out var recipient))
        {
            return new Problem(RecipientNotFound, "There is no such member.");
        }

        var order = new GiftOrder
        {
            SenderId = caller.Id,
            RecipientId = request.RecipientId,
            Key = input.Key,
            Tokens = request.Tokens,
            Message = request.Message,
            GiftType = request.GiftType,
            CatalogId = request.GiftId,
            GiftName = request.GiftName,
            GiftEmoji = request.GiftEmoji,
            Channel = request.Channel,
            Listed = options.Value.Find(request.GiftId),
        };
        var (gift, isReplay, problem) = await gifts.SendAsync(order, context.RequestAborted);
        if (gift is null)
        {
            return problem!;
        }

        if (isReplay)
        {
            context.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
        }

        return TypedResults.Ok(ResponseOf(gift, recipient));
    }

    private static Response ResponseOf(Gift gift, Member recipient) => new(
        true,
        gift.Id,
        gift.Tokens,
        gift.NetTokens,
        gift.FeeTokens,
        new Person(recipient.Id, recipient.DisplayName),
        new Metadata(gift.CatalogId, gift.Words?.GiftName, gift.Words?.GiftEmoji, gift.GiftType, gift.Words?.Channel),
        gift.Words?.Message,
        gift.SenderBalance!.Value,
        gift.SenderBalance.Value,
        gift.SentAt!.Value);
}
