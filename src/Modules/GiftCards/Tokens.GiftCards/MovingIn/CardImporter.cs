using Microsoft.EntityFrameworkCore;
using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Codes;
using Tokens.GiftCards.Data;
using Tokens.Platform.Identity;
using Tokens.Platform.Importing;
using Tokens.Platform.Inputs;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.MovingIn;

/// <summary>Lines <c>gift_card</c>: an older system's active cards, which keep their codes.</summary>
internal sealed class CardImporter(IModuleDb<GiftCardsDb> db, CodeKeyring keyring, CardTakeover takeover, TimeProvider time)
    : LineImporter<PastCardLine>
{
    private static readonly TextRule SourceRule = new("id", "Invalid id", 64) { LengthMinimum = 1, AllowsControlCharacters = false };
    private static readonly TextRule CodeRule = new("code", "Invalid gift card code", GiftCode.TypedLengthMax);
    private static readonly WholeNumberRule TokensRule = new("tokens", "Invalid token amount");
    private static readonly TextRule MessageRule = new("message", "Invalid message", 500);
    private static readonly LineVerdict Differs = LineVerdict.Refused("Another card with this id was taken over before.");
    private static readonly LineVerdict CodeTaken = LineVerdict.Refused("Another card has the same code.");

    public override string Kind => "gift_card";

    protected override PastCardLine Read(InputReader input)
    {
        var memberId = input.Body.RequiredId("memberId", "Invalid member id");
        if (memberId != Guid.Empty && ReservedIds.Covers(memberId))
        {
            input.Fault("memberId", "Invalid member id", "No member bears this id.");
        }

        var typed = input.Body.RequiredText(CodeRule);
        var code = GiftCode.Parse(typed) ?? "";
        if (typed.Length > 0 && code.Length != GiftCode.ImportedDigits)
        {
            input.Fault("code", "Invalid gift card code", "code must be 16 hexadecimal digits.");
        }

        input.Body.OptionalChoice("status", "Invalid status", [CardListing.Active]);
        return new PastCardLine(
            input.Body.RequiredText(SourceRule),
            memberId,
            code,
            input.Body.RequiredWholeNumber(TokensRule),
            input.Body.OptionalText(MessageRule),
            MomentField.Read(input, "createdAt"),
            MomentField.Read(input, "expiresAt", BareDate.End));
    }

    protected override async Task<IReadOnlyList<LineVerdict>> TakeAsync(
        IReadOnlyList<PastCardLine> lines, bool isDryRun, CancellationToken cancellationToken)
    {
        var keys = await keyring.GetAsync(cancellationToken);
        if (isDryRun)
        {
            return [.. (await db.ReadAsync((context, token) => JudgeAsync(context, keys, lines, token), cancellationToken)).Select(each => each.Verdict)];
        }

        var judged = await db.WriteAsync(
            async (context, token) =>
            {
                var judged = await JudgeAsync(context, keys, lines, token);
                context.Cards.AddRange(judged.Where(each => each.Verdict.Fate == LineFate.Taken).Select(each => each.Card!));
                await context.SaveChangesAsync(token);
                return judged;
            },
            CancellationToken.None);
        // Those too that an earlier run has left before their tokens were there.
        await Parallel.ForEachAsync(
            judged.Select(each => each.Card).OfType<GiftCard>().Where(card => card.Status == CardStatus.Importing),
            async (card, _) => await takeover.FinishAsync(card));
        return [.. judged.Select(each => each.Verdict)];
    }

    /// <summary>Each line with the row that it has or would have; null for one that is refused.</summary>
    private async Task<List<(LineVerdict Verdict, GiftCard? Card)>> JudgeAsync(
        GiftCardsDb context, CodeKeys keys, IReadOnlyList<PastCardLine> lines, CancellationToken cancellationToken)
    {
        var sources = lines.Select(line => line.SourceId).ToList();
        var hashes = lines.Select(line => keys.HashesOf(line.Code)).ToList();
        var allHashes = hashes.SelectMany(each => each).ToList();
        var rows = await context.Cards.AsNoTracking()
            .Where(card => (card.SourceId != null && sources.Contains(card.SourceId)) || allHashes.Contains(card.CodeHash))
            .ToListAsync(cancellationToken);
        var bySource = rows.Where(card => card.SourceId is not null).ToDictionary(card => card.SourceId!);
        var byCode = rows.ToDictionary(card => Convert.ToHexString(card.CodeHash));
        var judged = new List<(LineVerdict, GiftCard?)>();
        foreach (var (line, own) in lines.Zip(hashes))
        {
            var holder = own.Select(hash => byCode.GetValueOrDefault(Convert.ToHexString(hash))).FirstOrDefault(card => card is not null);
            if (bySource.TryGetValue(line.SourceId, out var known))
            {
                var isSame = known == holder && known.PayloadHash.AsSpan().SequenceEqual(line.PayloadHash());
                judged.Add(isSame ? (LineVerdict.Known, known) : (Differs, null));
                continue;
            }

            if (holder is not null)
            {
                judged.Add((CodeTaken, null));
                continue;
            }

            var card = GiftCard.TakeOver(line, Uuid.Of(line.CreatedAt, "gift card " + line.SourceId), keys.Store(line.Code), time.UtcNow());
            bySource[line.SourceId] = card;
            byCode[Convert.ToHexString(card.CodeHash)] = card;
            judged.Add((LineVerdict.Taken, card));
        }

        return judged;
    }
}
