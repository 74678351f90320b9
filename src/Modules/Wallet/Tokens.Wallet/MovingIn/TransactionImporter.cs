using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Importing;
using Tokens.Platform.Inputs;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Data;
using Tokens.Wallet.Transactions;

namespace Tokens.Wallet.MovingIn;

/// <summary>Lines <c>transaction</c>: a member's history in an older system.</summary>
internal sealed class TransactionImporter(IModuleDb<WalletDb> db) : LineImporter<PastTransactionRow>
{
    private static readonly TextRule SourceRule = new("id", "Invalid id", 64) { LengthMinimum = 1, AllowsControlCharacters = false };
    private static readonly TextRule ChannelRule = new("channel", "Invalid channel format", 100) { AllowsControlCharacters = false };
    private static readonly TextRule MessageRule = new("message", "Invalid message", 500);
    private static readonly TextRule ReferenceRule = new("reference", "Invalid reference", 100) { AllowsControlCharacters = false };
    private static readonly WholeNumberRule TokensRule = new("tokens", "Invalid token amount", -WholeNumberRule.Largest);
    private static readonly LineVerdict Differs = LineVerdict.Refused("Another transaction with this id was taken over for this member before.");

    public override string Kind => "transaction";

    protected override PastTransactionRow Read(InputReader input)
    {
        var (memberId, sourceId) = (MemberIdField.Read(input, "memberId"), input.Body.RequiredText(SourceRule));
        var type = input.Body.OptionalChoice("type", "Invalid type", EntryTypes.All);
        if (!input.Has(input.Body, "type"))
        {
            input.Fault("type", "Invalid type", "type is required.");
        }

        var createdAt = MomentField.Read(input, "createdAt");
        return new PastTransactionRow
        {
            Id = Uuid.Of(createdAt, $"{memberId}:{sourceId}"),
            MemberId = memberId,
            SourceId = sourceId,
            Type = type ?? "",
            Tokens = input.Body.RequiredWholeNumber(TokensRule),
            RelatedMemberId = input.Has(input.Body, "relatedUserId") ? input.Body.RequiredId("relatedUserId", "Invalid member id") : null,
            Channel = input.Body.OptionalText(ChannelRule),
            Message = input.Body.OptionalText(MessageRule),
            Reference = input.Body.OptionalText(ReferenceRule),
            CreatedAt = createdAt,
        };
    }

    protected override Task<IReadOnlyList<LineVerdict>> TakeAsync(
        IReadOnlyList<PastTransactionRow> lines, bool isDryRun, CancellationToken cancellationToken) => isDryRun
        ? db.ReadAsync(async (wallet, token) => await JudgeAsync(wallet, lines, token), cancellationToken)
        : db.WriteAsync(
            async (wallet, token) =>
            {
                var verdicts = await JudgeAsync(wallet, lines, token);
                wallet.PastTransactions.AddRange(lines.Zip(verdicts).Where(each => each.Second.Fate == LineFate.Taken).Select(each => each.First));
                await wallet.SaveChangesAsync(token);
                return verdicts;
            },
            CancellationToken.None);

    private static async Task<IReadOnlyList<LineVerdict>> JudgeAsync(
        WalletDb wallet, IReadOnlyList<PastTransactionRow> lines, CancellationToken cancellationToken)
    {
        var (members, sources) = (lines.Select(line => line.MemberId).Distinct().ToList(), lines.Select(line => line.SourceId).Distinct().ToList());
        var known = await wallet.PastTransactions.AsNoTracking().Where(row => members.Contains(row.MemberId) && sources.Contains(row.SourceId))
            .ToDictionaryAsync(row => (row.MemberId, row.SourceId), cancellationToken);
        var verdicts = new List<LineVerdict>();
        foreach (var line in lines)
        {
            var isNew = known.TryAdd((line.MemberId, line.SourceId), line);
            verdicts.Add(isNew ? LineVerdict.Taken : known[(line.MemberId, line.SourceId)].Says(line) ? LineVerdict.Known : Differs);
        }

        return verdicts;
    }
}
