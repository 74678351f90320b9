using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Importing;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Storage;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.MovingIn;

/// <summary>Lines <c>balance</c>: what a member had in an older system, as an adjustment, once a member.</summary>
internal sealed class BalanceImporter(IWalletLedger ledger, IModuleDb<WalletDb> db) : LineImporter<BalanceImporter.Line>
{
    private const string Route = "moving-in";
    private static readonly WholeNumberRule TokensRule = new("tokens", "Invalid token amount", 0);
    private static readonly LineVerdict Differs = LineVerdict.Refused("Another balance was taken over for this member before.");
    private static readonly LineVerdict TooLarge = LineVerdict.Refused("The balance would become larger than a balance can be.");

    public override string Kind => "balance";

    protected override Line Read(InputReader input) =>
        new(MemberIdField.Read(input, "memberId"), input.Body.RequiredWholeNumber(TokensRule));

    protected override async Task<IReadOnlyList<LineVerdict>> TakeAsync(
        IReadOnlyList<Line> lines, bool isDryRun, CancellationToken cancellationToken)
    {
        if (!isDryRun)
        {
            return await Task.WhenAll(lines.Select(TakeAsync));
        }

        var (callerId, keys) = (AccountIds.OfModule(WalletModule.ModuleName), lines.Select(line => KeyOf(line).Key).ToList());
        var known = await db.ReadAsync(
            (wallet, token) => wallet.Transfers.Where(t => t.CallerId == callerId && t.Route == Route && keys.Contains(t.IdempotencyKey!))
                .Select(t => new { t.IdempotencyKey, t.Tokens }).ToDictionaryAsync(t => t.IdempotencyKey!, t => t.Tokens, token),
            cancellationToken);
        return [.. lines.Select(line => line.Tokens == 0 ? LineVerdict.Known
            : known.TryAdd(KeyOf(line).Key, line.Tokens) ? LineVerdict.Taken
            : known[KeyOf(line).Key] == line.Tokens ? LineVerdict.Known : Differs)];
    }

    private async Task<LineVerdict> TakeAsync(Line line)
    {
        if (line.Tokens == 0)
        {
            // Nothing to post, and nothing that could be posted twice.
            return LineVerdict.Known;
        }

        var leg = new Leg(Account.Of(SystemAccount.Adjustments), Account.OfMember(line.MemberId), line.Tokens, TransferKind.Adjustment);
        try
        {
            return await ledger.PostAsync(new Posting(KeyOf(line), [leg]) { Reference = Route }, CancellationToken.None) switch
            {
                PostingOutcome.Posted => LineVerdict.Taken,
                PostingOutcome.AlreadyPosted => LineVerdict.Known,
                PostingOutcome.KeyReused => Differs,
                var outcome => throw new InvalidOperationException($"The ledger answered {outcome.GetType().Name}."),
            };
        }
        catch (ProblemException refused) when (refused.Problem.Kind.Status == StatusCodes.Status409Conflict)
        {
            return TooLarge;
        }
    }

    private static PostingKey KeyOf(Line line) => new(WalletModule.ModuleName, Route, line.MemberId.ToString());

    internal sealed record Line(Guid MemberId, long Tokens);
}
